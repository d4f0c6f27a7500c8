package io.umbel.registry.upstream.rpc;

import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Facts;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** Reads what servers say of themselves, and by that of which era they are. */
public final class ServerFacts {

  private static final String SERVER = "io.modelcontextprotocol/serverInfo";
  private static final int UNSUPPORTED_VERSION = -32022;

  /** Errors that only a server without sessions knows. */
  private static final Set<Integer> STATELESS_ERRORS = Set.of(-32020, -32021, UNSUPPORTED_VERSION);

  private ServerFacts() {}

  static Facts ofSession(String revision, JsonObject initialized) {
    return new Facts(
        false,
        revision,
        object(initialized, "capabilities"),
        object(initialized, "serverInfo"),
        text(initialized, "instructions"));
  }

  /**
   * What an answer to {@code server/discover} says; empty if the server seems to be one of
   * sessions.
   *
   * @throws UpstreamFailure if it is none of those, yet cannot be spoken with
   */
  public static Optional<Facts> discovered(Answer answer) {
    if (answer instanceof Answer.Refused no) {
      return refused(no);
    }
    if (answer instanceof Answer.Result result
        && result.json().getValue("supportedVersions") instanceof JsonArray versions) {
      return versions(versions).map(spoken -> stateless(result.json()));
    }
    return Optional.empty();
  }

  private static Optional<Facts> refused(Answer.Refused no) {
    if (!STATELESS_ERRORS.contains(no.code())) {
      return Optional.empty();
    }
    if (no.code() == UNSUPPORTED_VERSION
        && no.data() != null
        && no.data().getValue("supported") instanceof JsonArray versions
        && versions(versions).isEmpty()) {
      return Optional.empty();
    }
    throw new UpstreamFailure(
        Reason.GARBAGE, "The server refused to tell of itself: " + no.message(), false);
  }

  /** Something if the newest revision is among them; empty if a session can be opened instead. */
  private static Optional<String> versions(JsonArray versions) {
    if (versions.contains(Revisions.STATELESS)) {
      return Optional.of(Revisions.STATELESS);
    }
    if (versions.stream().anyMatch(Revisions.SESSIONS::contains)) {
      return Optional.empty();
    }
    throw new UpstreamFailure(
        Reason.GARBAGE,
        "The server speaks revisions " + versions.encode() + " of MCP, none of which Umbel does",
        false);
  }

  /** Whether a server that refused the revision we speak names it among those it takes. */
  static boolean isTakenAfterAll(Answer answer) {
    return answer instanceof Answer.Refused no
        && no.code() == UNSUPPORTED_VERSION
        && no.data() != null
        && no.data().getValue("supported") instanceof JsonArray versions
        && versions.contains(Revisions.STATELESS);
  }

  private static Facts stateless(JsonObject discovered) {
    var info = object(object(discovered, Ask.META), SERVER);
    return new Facts(
        true,
        Revisions.STATELESS,
        object(discovered, "capabilities"),
        info.isEmpty() ? object(discovered, "serverInfo") : info,
        text(discovered, "instructions"));
  }

  private static JsonObject object(JsonObject of, String member) {
    return of.getValue(member) instanceof JsonObject some ? some : new JsonObject();
  }

  private static String text(JsonObject of, String member) {
    return of.getValue(member) instanceof String text ? text : null;
  }
}
