package io.umbel.tools.issues.manage;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * A request of the REST API.
 *
 * @param account whose it is; the only one there is
 * @param json as {@code docs/bus.md} has it under "manage"
 */
record Asked(String account, JsonObject json) {

  String operation() {
    return json.getString("operation", "");
  }

  /** Whether the path names a tracker. */
  boolean names() {
    return json.getString("id") != null;
  }

  /** The tracker that the path names; throws where that is none. */
  UUID id() {
    try {
      return UUID.fromString(json.getString("id", ""));
    } catch (IllegalArgumentException e) {
      throw Denied.notFound();
    }
  }

  JsonObject body() {
    return object("body");
  }

  JsonObject query() {
    return object("query");
  }

  boolean isForGood() {
    return "true".equals(query().getString("hard_delete"));
  }

  /** Throws where another version is meant than the one that is there. */
  void check(long there) {
    var body = body().getValue("version");
    if (body != null && !(body instanceof Number)) {
      throw Denied.invalid("/version", "has to be a whole number");
    }
    var header = json.getString("ifMatch");
    if ((header != null && !matches(header, there))
        || (body instanceof Number number && number.longValue() != there)) {
      throw Denied.stale(there);
    }
  }

  private static boolean matches(String header, long there) {
    for (var tag : header.split(",", -1)) {
      if (tag.strip().equals("*") || tag.strip().equals("\"" + there + "\"")) {
        return true;
      }
    }
    return false;
  }

  private JsonObject object(String member) {
    var object = json.getJsonObject(member);
    return object == null ? new JsonObject() : object;
  }
}
