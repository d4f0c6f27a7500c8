package io.umbel.tools.issues.store;

import io.umbel.contract.ErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/**
 * The family says no: what is wrong and what to do, in one sentence. An answer, so it has no stack.
 * Every one that concerns more than one tool is a factory method here.
 */
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 100;
  private static final int NAMED = 10;

  private final ErrorCode code;
  private final transient JsonObject details;

  /** With facts beside the sentence; null for none. */
  public Refused(ErrorCode code, String message, JsonObject details) {
    super(message, null, false, false);
    this.code = code;
    this.details = details;
  }

  /** A value that cannot be used. */
  public static Refused invalid(String message) {
    return new Refused(ErrorCode.INVALID_ARGUMENT, message, null);
  }

  /** A value that is none of those there are. */
  public static Refused notOneOf(String what, String given, Collection<String> allowed) {
    return new Refused(
        ErrorCode.INVALID_ARGUMENT,
        "There is no " + what + " \"" + shown(given) + "\" in this tracker: take one of "
            + String.join(", ", allowed),
        JsonObject.of("allowed", new JsonArray(List.copyOf(allowed))));
  }

  /** What is somebody else's, out of reach, or nobody's: the same words for all of them. */
  public static Refused noIssue(String reference) {
    return new Refused(
        ErrorCode.NOT_FOUND,
        "There is no issue \"" + shown(reference)
            + "\": list_issues tells the keys of those there are",
        null);
  }

  /** It is in the copy still, and in the tracker no more. */
  public static Refused goneIssue(String key) {
    return new Refused(ErrorCode.NOT_FOUND, "The tracker has " + key + " no more", null);
  }

  /** The same for a project; those that the caller sees are named. */
  public static Refused noProject(String project, Collection<String> seen) {
    var hint = seen.isEmpty() ? "you see none" : "you see " + named(seen);
    return new Refused(
        ErrorCode.NOT_FOUND,
        "There is no tracker project \"" + shown(project) + "\": " + hint,
        null);
  }

  /** Several are meant by one text. */
  public static Refused ambiguous(String what, String given, List<JsonObject> candidates) {
    return new Refused(
        ErrorCode.AMBIGUOUS,
        "\"" + shown(given) + "\" could be more than one " + what
            + ": take the id of one of the candidates",
        JsonObject.of("candidates", new JsonArray(candidates)));
  }

  /** The tracker's own scope rules leave that project out. */
  public static Refused outOfScope(String project, String tracker) {
    return new Refused(
        ErrorCode.ACCESS_DENIED,
        "The scope rules of tracker " + tracker + " leave out project " + project,
        null);
  }

  /** A token that may not act there. */
  public static Refused noAccess(String project) {
    return new Refused(ErrorCode.ACCESS_DENIED, "No access to project " + shown(project), null);
  }

  /** What kind of refusal it is. */
  public ErrorCode code() {
    return code;
  }

  /** Facts beside the sentence, or null. */
  public JsonObject details() {
    return details;
  }

  /** At most ten of them, and that there are more. */
  static String named(Collection<String> all) {
    var first = String.join(", ", all.stream().limit(NAMED).toList());
    return all.size() > NAMED ? first + " and " + (all.size() - NAMED) + " more" : first;
  }

  /** A text that came from outside, cut where it is long. */
  public static String shown(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
