package io.umbel.gateway.rest;

import io.umbel.gateway.wire.McpException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is wrong and what to do, as an answer: it has no stack. Every one is a factory method here,
 * or in {@link ProviderProblem}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final String TYPE = "urn:umbel:problem:";
  static final String RETRY = "Retry-After";
  static final int RETRY_SECONDS = 5;

  private final int status;
  private final String type;
  private final transient List<Wrong> wrongs;
  private final transient Map<String, String> headers;
  private final boolean verbatim;

  /**
   * One thing that is wrong with a request.
   *
   * @param parameter the name of a parameter, or null where it is in the body
   * @param pointer where in the body, as a JSON pointer, or null
   */
  record Wrong(String parameter, String pointer, String message) {
    static Wrong in(String pointer, String message) {
      return new Wrong(null, pointer, message);
    }

    JsonObject toJson() {
      var json = parameter == null
          ? JsonObject.of("pointer", pointer)
          : JsonObject.of("parameter", parameter);
      return json.put("message", message);
    }
  }

  private Problem(int status, String type, String detail) {
    this(status, type, detail, List.of(), Map.of());
  }

  private Problem(
      int status, String type, String detail, List<Wrong> wrongs, Map<String, String> headers) {
    this(status, type, detail, wrongs, headers, false);
  }

  /**
   * A problem.
   *
   * @param verbatim whether the detail is whole as it is, full stop or none
   */
  Problem(
      int status,
      String type,
      String detail,
      List<Wrong> wrongs,
      Map<String, String> headers,
      boolean verbatim) {
    super(detail, null, false, false);
    this.verbatim = verbatim;
    this.status = status;
    this.type = type;
    this.wrongs = wrongs;
    this.headers = headers;
  }

  static Problem unreadable(String why) {
    return new Problem(
        400, "invalid-json", "The body is not a JSON object (" + why + "): send one");
  }

  static Problem invalid(List<Wrong> wrongs) {
    var detail = wrongs.size() == 1
        ? "One thing is wrong with this request: correct what is named in violations"
        : wrongs.size()
            + " things are wrong with this request: correct what is named in violations";
    return new Problem(400, "invalid-request", detail, wrongs, Map.of());
  }

  static Problem unstorable() {
    return new Problem(
        400,
        "invalid-request",
        "A value in this request cannot be stored: leave out control characters");
  }

  static Problem confined() {
    return new Problem(
        403,
        "confined-token",
        "This token is confined to an agent, to projects or to tools, and so may not see or change"
            + " what the account has: use one that is not");
  }

  static Problem beyond(String what, Collection<String> names) {
    return new Problem(
        403,
        "beyond-your-reach",
        "A key cannot have " + what + " that you do not have: leave out "
            + String.join(", ", names));
  }

  /** The same words whether it is somebody else's or nobody's. */
  static Problem notFound(String id, String list) {
    return new Problem(
        404,
        "not-found",
        "This account has no " + shown(id) + ": GET " + list + " tells what it has");
  }

  static Problem nothingHere(String path) {
    return new Problem(
        404,
        "not-found",
        "There is nothing at " + shown(path) + ": GET " + RestApi.DESCRIPTION
            + " tells what there is");
  }

  static Problem wrongMethod(String allowed) {
    return new Problem(
        405, "method-not-allowed", "This takes " + allowed, List.of(), Map.of("Allow", allowed));
  }

  static Problem conflict(String detail) {
    return new Problem(409, "conflict", detail);
  }

  static Problem stale(String etag, String path) {
    return new Problem(
        412,
        "changed-meanwhile",
        "It is not as you read it any more: GET " + path
            + ", then repeat the change with If-Match: " + etag + " if you still want it");
  }

  static Problem wrongType() {
    return new Problem(415, "unsupported-media-type", "Send the body as application/json");
  }

  static Problem unconditional() {
    return new Problem(
        428,
        "precondition-required",
        "Say which version you change: send If-Match with the ETag that GET answers");
  }

  static Problem internal() {
    return new Problem(
        500,
        "internal",
        "Something broke that you cannot mend: tell the operator the correlation id");
  }

  static Problem noDatabase() {
    return new Problem(
        503,
        "no-database",
        "This gateway has no database, so accounts have nothing here: the operator can set"
            + " umbel.database.url, or start it with --data");
  }

  static Problem databaseAway() {
    return new Problem(
        503,
        "database-away",
        "The database does not answer, and nothing was changed: try again shortly",
        List.of(),
        Map.of(RETRY, String.valueOf(RETRY_SECONDS)));
  }

  /** What is not on record may not be done. */
  static Problem notRecorded() {
    return new Problem(
        503,
        "audit-away",
        "The audit trail cannot be written, so nothing was changed: try again shortly",
        List.of(),
        Map.of(RETRY, String.valueOf(RETRY_SECONDS)));
  }

  /** What the rest of the gateway refuses a request for. */
  static Problem of(McpException refused) {
    var type = switch (refused.status()) {
      case 401 -> "unauthenticated";
      case 403 -> "forbidden";
      case 413 -> "too-large";
      case 429 -> "rate-limited";
      case 503 -> "unavailable";
      default -> "refused";
    };
    var status = refused.status() < 400 ? 500 : refused.status();
    return new Problem(status, type, refused.getMessage(), List.of(), refused.headers());
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  JsonObject toJson(String correlationId) {
    var json = JsonObject.of("type", TYPE + type, "title", title(), "status", status)
        .put("detail", verbatim ? getMessage() : getMessage() + ".")
        .put("correlation_id", correlationId);
    return wrongs.isEmpty()
        ? json
        : json.put(
            "violations", new JsonArray(wrongs.stream().map(Wrong::toJson).toList()));
  }

  private String title() {
    var words = type.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  static String shown(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
