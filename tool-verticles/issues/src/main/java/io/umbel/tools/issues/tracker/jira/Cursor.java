package io.umbel.tools.issues.tracker.jira;

import io.umbel.tools.issues.store.Refused;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * How far somebody has read.
 *
 * @param zone in which Jira understands times; empty where nobody knows
 * @param from what changed then or later is asked for, or null for all
 * @param at how many of those were read
 * @param last the id of the last of them, or null
 * @param token of the cloud for the next page, or null
 */
record Cursor(String zone, Instant from, int at, String last, String token) {

  static Cursor first(String zone, Instant from) {
    return new Cursor(zone, from, 0, null, null);
  }

  /** One that was told before. */
  static Cursor read(String text) {
    try {
      var json =
          new JsonObject(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
      var from = json.getString("from");
      return new Cursor(
          json.getString("zone", ""),
          from == null ? null : Instant.parse(from),
          json.getInteger("at", 0),
          json.getString("last"),
          json.getString("token"));
    } catch (IllegalArgumentException
        | DecodeException
        | ClassCastException
        | DateTimeException e) {
      throw Refused.invalid("This is no place to go on from: begin again without it");
    }
  }

  Clock clock() {
    return Clock.of(zone);
  }

  /** From that minute on. */
  Cursor from(Instant minute) {
    return new Cursor(zone, minute, 0, null, null);
  }

  /** So many read, the last of them that one. */
  Cursor counted(int read, String issue) {
    return new Cursor(zone, from, read, issue, null);
  }

  /** The same from the start, since something was taken out of the middle. */
  Cursor again() {
    return new Cursor(zone, from, 0, null, null);
  }

  Cursor withToken(String next) {
    return new Cursor(zone, from, 0, null, next);
  }

  String text() {
    var json = new JsonObject()
        .put("zone", zone)
        .put("from", from == null ? null : from.toString())
        .put("at", at)
        .put("last", last)
        .put("token", token);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
  }
}
