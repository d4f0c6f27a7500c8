package io.umbel.gateway.rest;

import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.rest.Workshop.Made;
import io.umbel.gateway.store.Rows;
import io.umbel.gateway.store.Table;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Every tool on offer, and whether the account has it on. One that nobody has touched is on, at
 * version 0.
 */
final class AccountTools implements RestRoutes {

  private static final String PATH = "/api/v1/tools";
  private static final String ENABLED = "is_enabled";
  private static final String VERSION = "version";
  private static final int MOST = 10_000;
  private static final JsonObject UNTOUCHED = JsonObject.of(ENABLED, true, VERSION, 0);

  private final Workshop workshop;
  private final Supplier<NavigableMap<String, Offer>> offers;

  AccountTools(Workshop workshop, Supplier<NavigableMap<String, Offer>> offers) {
    this.workshop = workshop;
    this.offers = offers;
  }

  @Override
  public Map<String, RestHandler> operations() {
    return Map.of("listTools", this::list, "getTool", this::show, "putTool", this::put);
  }

  private Future<RestAnswer> list(RestRequest request) {
    var rows = workshop.rows(request);
    var part = workshop.cursors().part("tools", request);
    var all = offers.get();
    return rows.page(Table.TOOL_SETTINGS, Map.of(), "", MOST).map(settings -> {
      var found = all.tailMap(part.after(), false).values().stream()
          .limit(part.most())
          .map(offer -> shown(offer, setting(settings, offer.name())))
          .toList();
      return workshop.cursors().page(part, found, "name");
    });
  }

  private static JsonObject setting(List<JsonObject> settings, String tool) {
    return settings.stream()
        .filter(row -> row.getString("id").equals(tool))
        .findFirst()
        .orElse(UNTOUCHED);
  }

  private Future<RestAnswer> show(RestRequest request) {
    var rows = workshop.rows(request);
    var offer = offer(request);
    return rows.find(Table.TOOL_SETTINGS, request.id())
        .map(found -> RestAnswer.one(shown(offer, found.orElse(UNTOUCHED))));
  }

  private Future<RestAnswer> put(RestRequest request) {
    var offer = offer(request);
    return workshop
        .change(
            request,
            "tools",
            rows -> rows.find(Table.TOOL_SETTINGS, request.id())
                .compose(found -> set(request, rows, offer, found)))
        .map(made -> RestAnswer.one(made.after()));
  }

  private static Future<Made> set(
      RestRequest request, Rows rows, Offer offer, Optional<JsonObject> found) {
    var before = found.orElse(UNTOUCHED);
    ETags.check(request.ifMatch(), before.getLong(VERSION), PATH + "/" + request.id());
    var values = before.copy().mergeIn(request.body());
    Future<JsonObject> written = found.isEmpty()
        ? rows.insert(Table.TOOL_SETTINGS, request.id(), values)
        : rows.update(Table.TOOL_SETTINGS, values)
            .map(row -> row.orElseThrow(() -> Problem.stale("*", PATH + "/" + request.id())));
    return written.map(row -> new Made("update", shown(offer, before), shown(offer, row)));
  }

  private Offer offer(RestRequest request) {
    var offer = offers.get().get(request.id());
    if (offer == null) {
      throw Problem.notFound(request.id(), PATH);
    }
    return offer;
  }

  private static JsonObject shown(Offer offer, JsonObject setting) {
    return new JsonObject()
        .put("name", offer.name())
        .put("description", offer.description())
        .put("source", "builtin")
        .put("source_name", offer.provider())
        .put("schema", offer.definition().getJsonObject("inputSchema", new JsonObject()))
        .put("tags", new JsonArray(offer.terms().tags()))
        .put(ENABLED, setting.getBoolean(ENABLED))
        .put("is_supported", true)
        .put(VERSION, setting.getLong(VERSION));
  }
}
