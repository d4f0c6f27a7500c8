package io.umbel.gateway.rest;

import io.umbel.gateway.store.Rows;
import io.umbel.gateway.store.Table;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * What tools work in. One that is in use is not removed: grants and keys go first, each on record.
 */
final class Projects implements Collection.Kind {

  private static final int MOST_BINDINGS = 8 * 1024;

  @Override
  public Table table() {
    return Table.PROJECTS;
  }

  @Override
  public String word() {
    return "Project";
  }

  @Override
  public String pathWord() {
    return "projects";
  }

  @Override
  public int most() {
    return 1_000;
  }

  @Override
  public JsonObject completed(JsonObject values) {
    return values.containsKey("bindings")
        ? values
        : values.copy().put("bindings", new JsonObject());
  }

  @Override
  public Future<Void> check(RestRequest request, Rows rows, JsonObject before, JsonObject after) {
    if (after.getJsonObject("bindings").toBuffer().length() > MOST_BINDINGS) {
      throw Collection.wrong("/bindings", "is larger than " + MOST_BINDINGS + " bytes");
    }
    var key = after.getString("key");
    if (before != null && key.equals(before.getString("key"))) {
      return Future.succeededFuture();
    }
    return rows.page(table(), Map.of("key", key), "", 1).map(found -> {
      if (!found.isEmpty()) {
        throw Problem.conflict("The key " + key + " is that of project "
            + found.get(0).getString("id") + ": choose another");
      }
      return null;
    });
  }

  @Override
  public Future<Void> checkGoing(Rows rows, String id) {
    return InUse.check(rows, "project_id", id, "This project is in use");
  }
}
