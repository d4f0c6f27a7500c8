package io.umbel.registry.manage;

import io.umbel.contract.Caller;
import io.umbel.registry.server.Server;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * A request of the REST API.
 *
 * @param caller on whose behalf; its account is the only one there is
 * @param json as {@code docs/bus.md} has it under "manage"
 */
record Asked(Caller caller, JsonObject json) {

  String operation() {
    return json.getString("operation", "");
  }

  String account() {
    return caller.account();
  }

  /** What the path names. */
  String name() {
    return json.getString("id", "");
  }

  /** The server that the path names; throws where that is none. */
  Server.Key key() {
    try {
      return new Server.Key(account(), UUID.fromString(name()));
    } catch (IllegalArgumentException e) {
      throw Refused.notFound();
    }
  }

  JsonObject body() {
    return json.getJsonObject("body", new JsonObject());
  }

  String query(String name) {
    return json.getJsonObject("query", new JsonObject()).getString(name, "");
  }

  /**
   * The version that is meant, or 0 for any.
   *
   * @param there the one that is there
   */
  long known(long there) {
    var body = body().getValue("version");
    if (body != null && !(body instanceof Number)) {
      throw Refused.invalid("/version", "has to be a whole number");
    }
    var header = json.getString("ifMatch");
    if (header != null && !matches(header, there)) {
      throw Refused.stale(there);
    }
    if (body instanceof Number number && number.longValue() != there) {
      throw Refused.stale(there);
    }
    return header == null && body == null ? 0 : there;
  }

  private static boolean matches(String header, long there) {
    for (var tag : header.split(",", -1)) {
      if (tag.strip().equals("*") || tag.strip().equals("\"" + there + "\"")) {
        return true;
      }
    }
    return false;
  }
}
