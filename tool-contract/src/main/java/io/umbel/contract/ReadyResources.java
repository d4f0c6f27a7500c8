package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The resources of a provider: finds whose a URI is, and has it read. */
final class ReadyResources {

  private final Map<String, Resource> resources = new LinkedHashMap<>();

  void add(Resource resource) {
    if (resources.put(resource.address(), resource) != null) {
      throw new IllegalArgumentException("There are two resources at " + resource.address());
    }
  }

  List<JsonObject> offers(boolean templates) {
    return resources.values().stream()
        .filter(resource -> resource.isTemplate() == templates)
        .map(Resource::definition)
        .toList();
  }

  Future<Outcome> read(Conversation conversation) {
    var uri = conversation.call().target().name();
    var exact = resources.get(uri);
    if (exact != null && !exact.isTemplate()) {
      return read(exact, conversation, uri, Map.of());
    }
    for (var resource : resources.values()) {
      var variables = resource.isTemplate() ? resource.match(uri) : null;
      if (variables != null) {
        return read(resource, conversation, uri, variables);
      }
    }
    return Future.succeededFuture(notFound(uri));
  }

  /** Whether that is one of these, or of the form of one. */
  boolean reads(String uri) {
    var exact = resources.get(uri);
    return (exact != null && !exact.isTemplate())
        || resources.values().stream()
            .anyMatch(resource -> resource.isTemplate() && resource.match(uri) != null);
  }

  /** What a variable of that template may be, or null where that is not known. */
  Completion completion(String uriTemplate, String variable) {
    var known = resources.get(uriTemplate);
    return known == null ? null : known.completions().get(variable);
  }

  boolean has(String uriTemplate) {
    return resources.containsKey(uriTemplate);
  }

  private static Future<Outcome> read(
      Resource resource, Conversation conversation, String uri, Map<String, String> variables) {
    return resource
        .function()
        .apply(new ResourceCall(conversation, uri, variables))
        .map(contents -> contents == null ? notFound(uri) : found(contents));
  }

  private static Outcome found(List<JsonObject> contents) {
    var json = new JsonObject().put("contents", new JsonArray(contents));
    return new Outcome.Result(JsonBytes.of(json), null, null);
  }

  private static Outcome notFound(String uri) {
    var data = new JsonObject().put("uri", uri);
    return new Outcome.ProtocolError(-32602, "Resource not found: " + uri, data);
  }
}
