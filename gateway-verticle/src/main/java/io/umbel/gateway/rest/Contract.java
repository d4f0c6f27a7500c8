package io.umbel.gateway.rest;

import io.umbel.contract.JsonSchema;
import io.umbel.gateway.rest.Operation.Parameter;
import io.umbel.gateway.rest.Operation.Takes;
import io.umbel.gateway.rest.Operation.Version;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The description that is served, read as what is enforced: OpenAPI 3.1, whose schemas are JSON
 * Schema 2020-12. Of its features it knows those that it uses.
 */
final class Contract {

  private static final String FILE = "openapi.json";
  private static final String JSON = "application/json";

  private final Buffer text;
  private final JsonObject document;
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  private Contract(Buffer text) {
    this.text = text;
    this.document = text.toJsonObject();
    document
        .getJsonObject("paths")
        .forEach(path -> addPath(path.getKey(), (JsonObject) path.getValue()));
  }

  /** The one beside this class. */
  static Contract read() {
    try (var file = Contract.class.getResourceAsStream(FILE)) {
      return new Contract(Buffer.buffer(file.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The description as it is served. */
  Buffer text() {
    return text;
  }

  List<Operation> operations() {
    return List.copyOf(operations.values());
  }

  /** What the body of that operation has to be. */
  JsonSchema bodyOf(String operation) {
    return operations.get(operation).takes().body();
  }

  /** The members that the body of that operation may have. */
  List<String> membersOf(String schema) {
    var properties = document
        .getJsonObject("components")
        .getJsonObject("schemas")
        .getJsonObject(schema)
        .getJsonObject("properties");
    return List.copyOf(properties.fieldNames());
  }

  private void addPath(String path, JsonObject methods) {
    methods.forEach(each -> {
      var said = (JsonObject) each.getValue();
      var id = said.getString("operationId");
      operations.put(id, operation(id, path, each.getKey(), said));
    });
  }

  private Operation operation(String id, String path, String method, JsonObject said) {
    var query = new LinkedHashMap<String, Parameter>();
    var version = Version.NOT_SAID;
    for (var parameter : parameters(said)) {
      if (parameter.getString("name").equals("If-Match")) {
        version = parameter.getBoolean("required") ? Version.HAS_TO_BE_SAID : Version.MAY_BE_SAID;
      }
      if (parameter.getString("in").equals("query")) {
        query.put(parameter.getString("name"), parameter(parameter.getJsonObject("schema")));
      }
    }
    return new Operation(
        id,
        HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
        path.replaceAll("\\{(\\w+)}", ":$1"),
        scope(said.getJsonArray("security")),
        query,
        new Takes(body(said.getJsonObject("requestBody")), version));
  }

  private List<JsonObject> parameters(JsonObject said) {
    var all = new ArrayList<JsonObject>();
    for (var each : said.getJsonArray("parameters", new JsonArray())) {
      all.add(resolved((JsonObject) each));
    }
    return all;
  }

  private JsonObject resolved(JsonObject parameter) {
    var reference = parameter.getString("$ref");
    return reference == null
        ? parameter
        : document
            .getJsonObject("components")
            .getJsonObject("parameters")
            .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private Parameter parameter(JsonObject schema) {
    return new Parameter(compiled(schema), "integer".equals(schema.getString("type")));
  }

  private static String scope(JsonArray security) {
    return security.isEmpty()
        ? null
        : security.getJsonObject(0).getJsonArray("bearer").getString(0);
  }

  private JsonSchema body(JsonObject requestBody) {
    return requestBody == null
        ? null
        : compiled(
            requestBody.getJsonObject("content").getJsonObject(JSON).getJsonObject("schema"));
  }

  /** References point into the document, so its components come along. */
  private JsonSchema compiled(JsonObject schema) {
    return JsonSchema.compile(
        schema.copy().put("components", document.getJsonObject("components")));
  }
}
