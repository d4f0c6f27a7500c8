package io.umbel.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DefaultDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * A compiled JSON Schema: dialect 2020-12 unless {@code $schema} names another, types strict
 * ({@code "10"} is not an integer), no reference ever fetched from a network. A keyword that the
 * dialect does not know, as in {@code x-mcp-header}, says nothing about what is valid. Thread-safe.
 *
 * @see <a href="https://json-schema.org/draft/2020-12">JSON Schema 2020-12</a>
 */
public final class JsonSchema {

  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
      SpecificationVersion.DRAFT_2020_12,
      registry -> registry
          .schemaCacheEnabled(false)
          .dialectRegistry(JsonSchema::dialect)
          .schemaLoader(loader -> loader.fetchRemoteResources(false))
          .schemaRegistryConfig(config()));

  /** Compiled, they take several times as much. */
  private static final long MOST_KEPT = 2L * 1024 * 1024;

  private static final Cache<String, JsonSchema> KEPT = Caffeine.newBuilder()
      .maximumWeight(MOST_KEPT)
      .weigher((String text, JsonSchema schema) -> text.length())
      .executor(Runnable::run)
      .build();

  private final Schema schema;

  private JsonSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Compiles a schema.
   *
   * @throws IllegalArgumentException if it is none, or refers to what is not inside it
   */
  public static JsonSchema compile(JsonObject source) {
    return compile(source.encode());
  }

  /**
   * The same, compiled once for all who have it to the letter, as long as it is used: what each
   * caller has of its own is mostly what others have too.
   *
   * @throws IllegalArgumentException if it is none, or refers to what is not inside it
   */
  public static JsonSchema kept(JsonObject source) {
    return KEPT.get(source.encode(), JsonSchema::compile);
  }

  private static JsonSchema compile(String source) {
    try {
      var schema = REGISTRY.getSchema(Json.MAPPER.readTree(source));
      schema.initializeValidators();
      return new JsonSchema(schema);
    } catch (JsonProcessingException | SchemaException e) {
      throw new IllegalArgumentException("Not a usable JSON Schema: " + e.getMessage(), e);
    }
  }

  /** Every way in which this value breaks the schema; empty where it does not. */
  public List<Violation> violations(JsonNode value) {
    var errors = schema.validate(value);
    return errors.isEmpty()
        ? List.of()
        : errors.stream().map(JsonSchema::violation).toList();
  }

  private static Violation violation(Error error) {
    return new Violation(pointer(error).toString(), error.getMessage());
  }

  /** A missing or unknown member is reported at its own place, not at that of its parent. */
  private static NodePath pointer(Error error) {
    var at = error.getInstanceLocation();
    return error.getProperty() == null ? at : at.append(error.getProperty());
  }

  /** The library warns of each unknown keyword; here they are notes, which anyone may write. */
  private static Dialect dialect(String id, SchemaRegistry registry) {
    var known = DefaultDialectRegistry.getInstance().getDialect(id, registry);
    return Dialect.builder(known)
        .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
        .build();
  }

  private static SchemaRegistryConfig config() {
    return SchemaRegistryConfig.builder()
        .pathType(PathType.JSON_POINTER)
        .locale(Locale.ENGLISH)
        .build();
  }
}
