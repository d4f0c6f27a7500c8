package io.umbel.gateway.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.umbel.contract.Caller;
import io.umbel.contract.Json;
import io.umbel.contract.JsonSchema;
import io.umbel.contract.Violation;
import io.umbel.gateway.rest.Operation.Version;
import io.umbel.gateway.rest.Problem.Wrong;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a request as the contract has it; throws {@link Problem} that names all that is wrong. */
final class RequestReader {

  private static final Set<String> JSON =
      Set.of("application/json", "application/merge-patch+json");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Operation operation;
  private final RoutingContext context;
  private final List<Wrong> wrongs = new ArrayList<>();

  RequestReader(Operation operation, RoutingContext context) {
    this.operation = operation;
    this.context = context;
  }

  RestRequest read(Caller caller, String correlationId, byte[] bytes) {
    var takes = operation.takes();
    var ifMatch = takes.version() == Version.NOT_SAID
        ? null
        : context.request().getHeader(HttpHeaders.IF_MATCH);
    if (takes.version() == Version.HAS_TO_BE_SAID && ifMatch == null) {
      throw Problem.unconditional();
    }
    var query = query();
    var body = takes.body() == null ? null : body(bytes);
    if (!wrongs.isEmpty()) {
      throw Problem.invalid(wrongs);
    }
    return new RestRequest(caller, correlationId, context.pathParam("id"), query, body, ifMatch);
  }

  /** Everything in which that breaks the schema. */
  static List<Wrong> wrongs(JsonSchema schema, JsonObject value) {
    try {
      return wrongs(schema, Json.MAPPER.readTree(value.encode()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Wrong> wrongs(JsonSchema schema, JsonNode value) {
    return schema.violations(value).stream()
        .map(violation -> Wrong.in(violation.pointer(), violation.message()))
        .toList();
  }

  private Map<String, String> query() {
    var known = new LinkedHashMap<String, String>();
    var given = context.queryParams();
    for (var name : given.names()) {
      var values = given.getAll(name);
      var parameter = operation.query().get(name);
      if (parameter == null) {
        var all = operation.query().isEmpty()
            ? "none"
            : String.join(", ", operation.query().keySet());
        wrongs.add(new Wrong(name, null, "is not a parameter of this; there are: " + all));
      } else if (values.size() > 1) {
        wrongs.add(new Wrong(name, null, "is there more than once"));
      } else {
        check(name, parameter, values.get(0));
        known.put(name, values.get(0));
      }
    }
    return known;
  }

  private void check(String name, Operation.Parameter parameter, String text) {
    var isNumber = parameter.isNumber() && text.matches("-?[0-9]{1,9}");
    JsonNode value = isNumber ? NODES.numberNode(Integer.parseInt(text)) : NODES.textNode(text);
    parameter.schema().violations(value).stream()
        .map(Violation::message)
        .forEach(message -> wrongs.add(new Wrong(name, null, message)));
  }

  private JsonObject body(byte[] bytes) {
    if (!JSON.contains(mediaType())) {
      throw Problem.wrongType();
    }
    try {
      var tree = Json.MAPPER.readTree(bytes);
      if (tree == null || !tree.isObject()) {
        throw Problem.unreadable(bytes.length == 0 ? "it is empty" : "it is something else");
      }
      wrongs.addAll(wrongs(operation.takes().body(), tree));
      return new JsonObject(tree.toString());
    } catch (JsonProcessingException e) {
      throw Problem.unreadable(
          "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw Problem.unreadable("it cannot be read");
    }
  }

  private String mediaType() {
    var header = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
