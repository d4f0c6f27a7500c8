package io.umbel.tools.issues.manage;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A request that is not done, and what to do. An answer, so it has no stack. */
final class Denied extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final transient List<Wrong> wrongs;

  private Denied(int status, String type, String detail, List<Wrong> wrongs) {
    super(detail, null, false, false);
    this.status = status;
    this.type = type;
    this.wrongs = wrongs;
  }

  /** One thing that is wrong with a body, and where, as a JSON pointer. */
  record Wrong(String pointer, String message) {
    JsonObject toJson() {
      return JsonObject.of("pointer", pointer, "message", message);
    }
  }

  static Denied invalid(List<Wrong> wrongs) {
    var first = wrongs.get(0);
    var name = first.pointer().substring(1).replace('/', '.');
    var more = wrongs.size() == 1 ? "" : " (and " + (wrongs.size() - 1) + " more: see violations)";
    return new Denied(400, "invalid-request", name + " " + first.message() + more, wrongs);
  }

  static Denied invalid(String pointer, String message) {
    return invalid(List.of(new Wrong(pointer, message)));
  }

  /** The same words whether it is somebody else's or nobody's. */
  static Denied notFound() {
    return new Denied(404, "not-found", "Tracker not found or access denied", List.of());
  }

  static Denied noSuchOperation() {
    return new Denied(404, "not-found", "Nothing of the kind can be done here", List.of());
  }

  static Denied taken(String name) {
    return conflict(
        "This account has a tracker called \"" + name + "\" already: choose another name");
  }

  static Denied tooMany(int most) {
    return conflict("An account has " + most + " trackers at most: remove one that is not needed");
  }

  static Denied projectInUse(String identifier) {
    return conflict("Project " + identifier
        + " has issues, so it stays: leave it out by a scope rule, or remove the tracker");
  }

  static Denied conflict(String detail) {
    return new Denied(409, "conflict", detail, List.of());
  }

  static Denied stale(long version) {
    return new Denied(
        412,
        "changed-meanwhile",
        "The tracker is not as you read it any more: it is of version " + version
            + "; read it, then repeat the change if you still want it",
        List.of());
  }

  static Denied noVaultKey() {
    return new Denied(
        503,
        "no-key",
        "This node has no key to keep credentials with: the operator can set"
            + " umbel.registry.secret.keys",
        List.of());
  }

  /** The same words whether there is no such tracker, no webhook of it, or another secret. */
  static Denied notFromTracker() {
    return new Denied(
        401,
        "unauthenticated",
        "Nothing here takes this delivery: look at its URL and at the secret that it is sent with",
        List.of());
  }

  static Denied noWebhook() {
    return conflict("A local tracker is kept here, so nobody has to tell of its changes");
  }

  static Denied noDatabase() {
    return new Denied(
        503,
        "no-database",
        "This node has no database, so accounts have no trackers: the operator can set"
            + " umbel.database.url, or start it with --data",
        List.of());
  }

  static Denied databaseAway() {
    return new Denied(
        503,
        "database-away",
        "The database does not answer, and nothing was changed: try again shortly",
        List.of());
  }

  /** Whether another version is there than the one that was meant. */
  boolean isStale() {
    return status == 412;
  }

  /** As it goes back. */
  JsonObject answer() {
    var body = JsonObject.of("type", type, "detail", getMessage());
    if (!wrongs.isEmpty()) {
      body.put("errors", new JsonArray(wrongs.stream().map(Wrong::toJson).toList()));
    }
    return JsonObject.of("status", status, "body", body);
  }
}
