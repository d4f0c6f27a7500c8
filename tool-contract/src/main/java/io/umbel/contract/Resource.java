package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A resource of a {@link ToolVerticle}, or all resources whose URIs follow a template. Immutable.
 *
 * @param definition the MCP {@code Resource} or {@code ResourceTemplate} object
 * @param function reads one; null where there is no such resource
 * @param completions by variable of a template: what a value may be, given its beginning
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources">
 *     Resources</a>
 */
public record Resource(
    JsonObject definition,
    Function<ResourceCall, Future<List<JsonObject>>> function,
    Map<String, Completion> completions) {

  /** One resource. */
  public static Resource at(
      String uri, String name, Function<ResourceCall, Future<List<JsonObject>>> function) {
    return new Resource(new JsonObject().put("uri", uri).put("name", name), function, Map.of());
  }

  /**
   * All resources of one form.
   *
   * @param uriTemplate with simple variables, as in {@code app://upstreams/{name}} (RFC 6570 level
   *     1)
   */
  public static Resource matching(
      String uriTemplate, String name, Function<ResourceCall, Future<List<JsonObject>>> function) {
    var definition = new JsonObject().put("uriTemplate", uriTemplate).put("name", name);
    return new Resource(definition, function, Map.of());
  }

  public Resource described(String description) {
    return with("description", description);
  }

  public Resource of(String mimeType) {
    return with("mimeType", mimeType);
  }

  /** Says what a variable may be. */
  public Resource completing(String variable, Completion completion) {
    var more = new LinkedHashMap<>(completions);
    more.put(variable, completion);
    return new Resource(definition, function, more);
  }

  /** Any other member of the MCP definition, as in {@code title}, {@code icons}, {@code _meta}. */
  public Resource with(String member, Object value) {
    return new Resource(definition.copy().put(member, value), function, completions);
  }

  boolean isTemplate() {
    return definition.containsKey("uriTemplate");
  }

  /** Its URI or URI template. */
  String address() {
    return definition.getString(isTemplate() ? "uriTemplate" : "uri");
  }

  /** The variables of a URI that this stands for, or null where it does not. */
  Map<String, String> match(String uri) {
    return UriTemplates.match(address(), uri);
  }
}
