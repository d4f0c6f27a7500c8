package io.umbel.gateway.rest;

import io.umbel.gateway.call.ProviderRequests;
import io.umbel.gateway.catalog.Offer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Everything that offers tools to an account: what comes with Umbel, and upstream servers as the
 * registry knows them. Where no registry is here there are none of these.
 */
public final class Servers implements RestRoutes {

  private static final String ITEMS = "items";
  private static final String STATUS = "status";

  private final Supplier<NavigableMap<String, Offer>> offers;
  private final ProviderRequests providers;
  private final Supplier<Future<JsonObject>> probe;

  /**
   * Those routes.
   *
   * @param offers the tools that everyone is offered, by name
   * @param probe how what this gateway depends on does, by name: {@code {ok, error?}}
   */
  public Servers(
      Supplier<NavigableMap<String, Offer>> offers,
      ProviderRequests providers,
      Supplier<Future<JsonObject>> probe) {
    this.offers = offers;
    this.providers = providers;
    this.probe = probe;
  }

  @Override
  public Map<String, RestHandler> operations() {
    return Map.of(
        "listServers", this::list,
        "listServerTools", this::tools,
        "listHealth", this::health);
  }

  private Future<RestAnswer> list(RestRequest request) {
    return upstream(request).map(all -> {
      var items = new JsonArray();
      builtIn().forEach((name, tools) -> items.add(builtIn(name, tools.size())));
      items.addAll(all);
      return RestAnswer.of(JsonObject.of(ITEMS, items));
    });
  }

  private static JsonObject builtIn(String name, int tools) {
    return JsonObject.of("name", name, "namespace", name)
        .put("source", "builtin")
        .put(STATUS, "active")
        .put("healthy", true)
        .put("tool_count", tools);
  }

  private Map<String, List<Offer>> builtIn() {
    var all = new TreeMap<String, List<Offer>>();
    offers
        .get()
        .values()
        .forEach(offer ->
            all.computeIfAbsent(offer.provider(), name -> new ArrayList<>()).add(offer));
    return all;
  }

  private Future<RestAnswer> tools(RestRequest request) {
    var own = builtIn().get(request.id());
    return own == null
        ? McpServers.look(providers, "listServerTools", request)
            .map(said -> tools(request.id(), said.getJsonArray("body")))
        : Future.succeededFuture(
            tools(request.id(), new JsonArray(own.stream().map(Servers::shown).toList())));
  }

  private static RestAnswer tools(String server, JsonArray items) {
    return RestAnswer.of(JsonObject.of("server", server, ITEMS, items));
  }

  private static JsonObject shown(Offer offer) {
    return JsonObject.of("name", offer.name(), "listed_name", offer.name())
        .put("description", offer.description())
        .put("input_schema", offer.definition().getJsonObject("inputSchema", new JsonObject()));
  }

  private Future<RestAnswer> health(RestRequest request) {
    return probe.get().compose(own -> upstream(request).map(all -> health(own, all)));
  }

  private static RestAnswer health(JsonObject own, JsonArray upstream) {
    var servers = own.copy();
    for (var each : upstream) {
      var server = (JsonObject) each;
      var status = server.getString(STATUS);
      servers.put(
          server.getString("namespace"),
          JsonObject.of("ok", !status.equals("error"), STATUS, status)
              .put("error", server.getString("last_error")));
    }
    var well =
        servers.stream().allMatch(each -> ((JsonObject) each.getValue()).getBoolean("ok", false));
    return RestAnswer.of(JsonObject.of(STATUS, well ? "ok" : "degraded", "servers", servers));
  }

  private Future<JsonArray> upstream(RestRequest request) {
    return providers.hasAny(McpServers.REGISTRY)
        ? McpServers.look(providers, "listServers", request)
            .map(said -> said.getJsonArray("body", new JsonArray()))
        : Future.succeededFuture(new JsonArray());
  }
}
