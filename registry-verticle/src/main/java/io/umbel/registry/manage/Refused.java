package io.umbel.registry.manage;

import io.umbel.registry.server.Registration.Wrong;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A request that is not done, and what to do. An answer, so it has no stack. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final transient List<Wrong> wrongs;

  private Refused(int status, String type, String detail, List<Wrong> wrongs) {
    super(detail, null, false, false);
    this.status = status;
    this.type = type;
    this.wrongs = wrongs;
  }

  static Refused invalid(List<Wrong> wrongs) {
    var first = wrongs.get(0);
    var name = first.pointer().substring(1).replace('/', '.');
    var more = wrongs.size() == 1 ? "" : " (and " + (wrongs.size() - 1) + " more: see violations)";
    return new Refused(400, "invalid-request", name + " " + first.message() + more, wrongs);
  }

  static Refused invalid(String pointer, String message) {
    return invalid(List.of(new Wrong(pointer, message)));
  }

  /** The same words whether it is somebody else's or nobody's. */
  static Refused notFound() {
    return new Refused(404, "not-found", "MCP server not found or access denied", List.of());
  }

  static Refused taken(String what, String value) {
    return conflict("This account has an MCP server with the " + what + " \"" + value
        + "\" already: choose another " + what);
  }

  static Refused operators(String what, String value) {
    return conflict("The operator has an MCP server with the " + what + " \"" + value
        + "\": choose another " + what);
  }

  static Refused conflict(String detail) {
    return new Refused(409, "conflict", detail, List.of());
  }

  static Refused stale(long version) {
    return new Refused(
        412,
        "changed-meanwhile",
        "The MCP server is not as you read it any more: it is of version " + version
            + "; read it, then repeat the change if you still want it",
        List.of());
  }

  static Refused upstream(String why) {
    return new Refused(502, "upstream-error", "The MCP server cannot be used: " + why, List.of());
  }

  static Refused notYours() {
    return new Refused(
        403,
        "forbidden",
        "This MCP server is the operator's: that takes a token with the scope operator",
        List.of());
  }

  static Refused unknown(String operation) {
    return new Refused(
        501, "not-implemented", "This registry does not know " + operation, List.of());
  }

  static Refused unstorable() {
    return new Refused(
        400,
        "invalid-request",
        "A value in this request cannot be stored: leave out control characters",
        List.of());
  }

  static Refused noDatabase() {
    return new Refused(
        503,
        "no-database",
        "The registry has no database, so accounts have no MCP servers of their own: the operator"
            + " can set umbel.database.url, or start it with --data",
        List.of());
  }

  static Refused databaseAway() {
    return new Refused(
        503,
        "database-away",
        "The database does not answer, and nothing was changed: try again shortly",
        List.of());
  }

  /** As it goes back. */
  JsonObject answer() {
    var body = JsonObject.of("type", type, "detail", getMessage());
    if (!wrongs.isEmpty()) {
      var errors = new JsonArray();
      wrongs.forEach(wrong ->
          errors.add(JsonObject.of("pointer", wrong.pointer(), "message", wrong.message())));
      body.put("errors", errors);
    }
    return JsonObject.of("status", status, "body", body);
  }
}
