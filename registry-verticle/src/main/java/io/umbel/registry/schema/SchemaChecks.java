package io.umbel.registry.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.contract.JsonSchema;
import io.umbel.contract.Violation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds arguments against the schemas of upstream tools, where that is sure to take little time. A
 * schema that is not used leaves its arguments to the server, which has to check them anyway.
 */
public final class SchemaChecks {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaChecks.class);
  private static final int MOST_KEPT = 2_000;

  /** Steps that one call may take: about as many milliseconds as there are 100,000 of them. */
  private static final double MOST_STEPS = 50_000_000;

  private final Cache<String, Checked> kept =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).executor(Runnable::run).build();

  /** A schema, or why it is not used. */
  private record Checked(JsonSchema schema, Bounds.Cost cost, String unused) {}

  /** Why that schema is not used, in words that go on after "since", if it is not. */
  public Optional<String> unused(String hash, JsonObject schema) {
    return Optional.ofNullable(checked(hash, schema).unused());
  }

  /**
   * Every way in which the arguments break the schema, as far as that is found out. Many clients
   * say null of what they leave out, and so does the wire's specification: an argument that the
   * schema does not require may be null, whatever its type. What the server makes of that is the
   * server's to say.
   *
   * @param hash of the definition that has the schema
   * @param bytes how long the arguments are
   */
  public List<Violation> violations(String hash, JsonObject schema, JsonNode arguments, int bytes) {
    var checked = checked(hash, schema);
    if (checked.unused() != null || isTooDear(checked.cost(), bytes)) {
      return List.of();
    }
    try {
      var violations = checked.schema().violations(arguments);
      return violations.isEmpty() || !leavesOut(schema, arguments)
          ? violations
          : checked.schema().violations(withoutLeftOut(schema, arguments));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.warn("A schema could not be used after all: {}", e.toString());
      kept.put(hash, unused("it could not be used"));
      return List.of();
    }
  }

  private static boolean leavesOut(JsonObject schema, JsonNode arguments) {
    return arguments.properties().stream().anyMatch(argument -> isLeftOut(schema, argument));
  }

  private static JsonNode withoutLeftOut(JsonObject schema, JsonNode arguments) {
    ObjectNode given = arguments.deepCopy();
    given.properties().removeIf(argument -> isLeftOut(schema, argument));
    return given;
  }

  private static boolean isLeftOut(JsonObject schema, Map.Entry<String, JsonNode> argument) {
    return argument.getValue().isNull()
        && !(schema.getValue("required") instanceof JsonArray required
            && required.contains(argument.getKey()));
  }

  private static boolean isTooDear(Bounds.Cost cost, int bytes) {
    return (double) cost.steps() * bytes > MOST_STEPS || Math.pow(bytes, cost.power()) > MOST_STEPS;
  }

  private Checked checked(String hash, JsonObject schema) {
    return kept.get(hash, made -> compiled(schema));
  }

  private static Checked compiled(JsonObject schema) {
    try {
      var cost = Bounds.of(schema);
      return new Checked(JsonSchema.compile(schema), cost, null);
    } catch (Bounds.TooMuch e) {
      return unused(e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      return unused("it is not usable as JSON Schema");
    }
  }

  private static Checked unused(String why) {
    return new Checked(null, null, why);
  }
}
