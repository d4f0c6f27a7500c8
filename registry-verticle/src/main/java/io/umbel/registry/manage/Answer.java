package io.umbel.registry.manage;

import io.umbel.registry.server.StoredServer;
import io.vertx.core.json.JsonObject;

/** What goes back, as {@code docs/bus.md} has it under "manage". */
final class Answer {

  private Answer() {}

  static JsonObject of(int status, Object body) {
    return JsonObject.of("status", status, "body", body);
  }

  static JsonObject ok(Object body) {
    return of(200, body);
  }

  /** One server, with the version that {@code If-Match} takes. */
  static JsonObject one(int status, JsonObject shown, StoredServer stored) {
    return of(status, shown).put("etag", "\"" + stored.version() + "\"");
  }

  /** What goes on record; one of the two may be null. */
  static JsonObject audit(String action, JsonObject before, JsonObject after) {
    var target = before == null ? after : before;
    return JsonObject.of("action", "mcp_servers." + action, "target", target.getString("id"))
        .put("before", before)
        .put("after", after);
  }
}
