package io.umbel.gateway.rest;

import io.umbel.gateway.store.Rows;
import io.umbel.gateway.store.Table;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** Which agent may do how much in which project: one for each pair. */
final class Grants implements Collection.Kind {

  @Override
  public Table table() {
    return Table.GRANTS;
  }

  @Override
  public String word() {
    return "Grant";
  }

  @Override
  public String pathWord() {
    return "grants";
  }

  @Override
  public int most() {
    return 10_000;
  }

  @Override
  public JsonObject completed(JsonObject values) {
    return values;
  }

  /** Who and where never changes. */
  @Override
  public Future<Void> check(RestRequest request, Rows rows, JsonObject before, JsonObject after) {
    return before != null
        ? Future.succeededFuture()
        : Bound.wrongs(rows, after)
            .compose(wrongs -> wrongs.isEmpty()
                ? checkAlone(rows, after)
                : Future.failedFuture(Problem.invalid(wrongs)));
  }

  private Future<Void> checkAlone(Rows rows, JsonObject grant) {
    var pair = new TreeMap<>(Map.of(
        "agent_id", grant.getString("agent_id"), "project_id", grant.getString("project_id")));
    return rows.page(table(), pair, "", 1).map(found -> {
      if (!found.isEmpty()) {
        throw Problem.conflict("This agent has grant " + found.get(0).getString("id")
            + " in this project already: change that one's role");
      }
      return null;
    });
  }

  @Override
  public Future<Void> checkGoing(Rows rows, String id) {
    return Future.succeededFuture();
  }
}
