package io.umbel.tools.system;

import io.umbel.contract.Resource;
import io.umbel.contract.ResourceCall;
import io.umbel.contract.ResourceContents;
import io.umbel.contract.RunningWith;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What of the system can be read: how it is set up, what it offers, how it is. All of it JSON. */
final class SystemResources {

  private static final String JSON = "application/json";

  private final HealthCheck health;
  private final ReadinessCheck readiness;
  private final VisibleTools visible;
  private final Supplier<RunningWith> settings;

  SystemResources(
      HealthCheck health,
      ReadinessCheck readiness,
      VisibleTools visible,
      Supplier<RunningWith> settings) {
    this.health = health;
    this.readiness = readiness;
    this.visible = visible;
    this.settings = settings;
  }

  List<Resource> all() {
    return List.of(
        at("app://config", "config", this::config)
            .described("What the node that answers runs with; secrets are shown as ***."),
        at("app://features", "features", this::features)
            .described("The families of tools that you may see, and how clients come in."),
        at("app://health", "health", this::health)
            .described("What health_check and readiness_check tell."),
        at("mcp://catalog", "catalog", this::catalog)
            .described("Every tool, prompt, resource and template that you may see."),
        Resource.matching("app://upstreams/{name}", "upstream", SystemResources::upstream)
            .described("One external MCP server whose tools are offered here.")
            .of(JSON));
  }

  private Future<JsonObject> config(ResourceCall call) {
    var about = health.now();
    var shown = new JsonObject();
    settings.get().settings().forEach(shown::put);
    return Future.succeededFuture(new JsonObject()
        .put("service", about.getString("service"))
        .put("version", about.getString("version"))
        .put("environment", about.getString("environment"))
        .put("node_id", about.getString("node_id"))
        .put("settings", shown));
  }

  private Future<JsonObject> features(ResourceCall call) {
    return visible.of(call.origin()).map(seen -> {
      var families = new TreeMap<String, Integer>();
      for (var tool : seen.getJsonArray("tools")) {
        families.merge(((JsonObject) tool).getString("provider"), 1, Integer::sum);
      }
      var features = new JsonArray();
      families.forEach((name, tools) ->
          features.add(new JsonObject().put("name", name).put("tool_count", tools)));
      return seen.getJsonObject("server").copy().put("features", features);
    });
  }

  private Future<JsonObject> health(ResourceCall call) {
    return readiness
        .of(call.origin())
        .map(ready -> new JsonObject().put("health", health.now()).put("readiness", ready));
  }

  private Future<JsonObject> catalog(ResourceCall call) {
    var all = new JsonObject();
    return visible
        .of(call.origin())
        .compose(seen -> {
          var tools = seen.getJsonArray("tools");
          all.put("tool_count", tools.size()).put("tools", tools);
          return add(call, "prompts", all, "prompts");
        })
        .compose(done -> add(call, "resources", all, "resources"))
        .compose(done -> add(call, "resourceTemplates", all, "resource_templates"))
        .map(done -> all);
  }

  private Future<Void> add(ResourceCall call, String kind, JsonObject all, String member) {
    return visible
        .of(call.origin(), kind)
        .onSuccess(seen -> all.put(member, seen.getJsonArray(kind)))
        .mapEmpty();
  }

  /** There is none yet, so none is found: the same list that list_upstream_servers gives. */
  private static Future<List<JsonObject>> upstream(ResourceCall call) {
    return Future.succeededFuture(UpstreamList.named(call.variable("name"))
        .map(server -> contents(call, server))
        .orElse(null));
  }

  private static Resource at(
      String uri, String name, Function<ResourceCall, Future<JsonObject>> reader) {
    return Resource.at(uri, name, call -> reader.apply(call).map(json -> contents(call, json)))
        .of(JSON);
  }

  private static List<JsonObject> contents(ResourceCall call, JsonObject json) {
    return List.of(ResourceContents.text(call.uri(), JSON, json.encode()));
  }
}
