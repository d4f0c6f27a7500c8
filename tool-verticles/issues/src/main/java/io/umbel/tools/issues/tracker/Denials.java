package io.umbel.tools.issues.tracker;

import io.umbel.contract.ErrorCode;
import io.umbel.outbound.Answer;
import io.umbel.outbound.OutboundFailure;
import io.umbel.tools.issues.store.Refused;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a tracker's answer that is no success says to users.
 *
 * @param tracker what its owner calls it
 * @param said what an answer says is wrong, in the words of its kind; empty where it says nothing
 */
public record Denials(String tracker, Function<Answer, String> said) {

  private static final int LONGEST = 300;
  private static final JsonObject MAY_BE_DONE = JsonObject.of("may_have_been_done", true);
  private static final Logger LOG = LoggerFactory.getLogger(Denials.class);

  /**
   * The answer, where it is a success.
   *
   * @param what was asked for, as in {@code issue acme/web#7}
   */
  public Answer checked(Answer answer, String what) {
    if (answer.isGood()) {
      return answer;
    }
    throw of(answer, what);
  }

  /** Whether there is no such thing, or none that the credentials see. */
  public static boolean isNone(Answer answer) {
    return answer.status() == 404 || answer.status() == 410;
  }

  /** What that answer says. */
  public Refused of(Answer answer, String what) {
    if (isNone(answer)) {
      return none(what);
    }
    if (answer.status() == 409) {
      return new Refused(
          ErrorCode.CONFLICT, "Tracker " + tracker + " has it otherwise: " + words(answer), null);
    }
    if (answer.status() >= 400) {
      return Refused.invalid("Tracker " + tracker + " does not take this: " + words(answer));
    }
    return new Refused(
        ErrorCode.UPSTREAM_ERROR,
        "Tracker " + tracker + " says that the project of " + what
            + " has moved: give the tracker its new name",
        null);
  }

  /** There is no such thing. */
  public Refused none(String what) {
    return new Refused(
        ErrorCode.NOT_FOUND,
        "Tracker " + tracker + " has no " + what + ", or its credentials do not see it",
        null);
  }

  /**
   * What that work finds. An answer without what its documentation promises is the tracker's fault:
   * users are told so, and the log has where it was.
   */
  public <T> Future<T> read(Supplier<Future<T>> work) {
    return sensible(work, null);
  }

  /** The same for what changes something there: where the answer makes no sense it may be done. */
  public <T> Future<T> written(Supplier<Future<T>> work) {
    return sensible(work, MAY_BE_DONE.copy());
  }

  /** An answer that is not even JSON. */
  public Refused unreadable(OutboundFailure why, boolean isWrite) {
    return new Refused(
        ErrorCode.UPSTREAM_ERROR,
        "Tracker " + tracker + ": " + why.getMessage(),
        isWrite ? MAY_BE_DONE.copy() : null);
  }

  private <T> Future<T> sensible(Supplier<Future<T>> work, JsonObject details) {
    return Future.succeededFuture().compose(begun -> work.get()).recover(why -> {
      if (!isNonsense(why)) {
        return Future.failedFuture(why);
      }
      LOG.warn("Tracker {} answered what nobody understands", tracker, why);
      return Future.failedFuture(new Refused(
          ErrorCode.UPSTREAM_ERROR,
          "Tracker " + tracker + " answered otherwise than its documentation says",
          details));
    });
  }

  private static boolean isNonsense(Throwable why) {
    return why instanceof NullPointerException
        || why instanceof ClassCastException
        || why instanceof IndexOutOfBoundsException
        || why instanceof DateTimeException;
  }

  private String words(Answer answer) {
    var words = said.apply(answer).replaceAll("\\p{Cntrl}+", " ").strip();
    if (words.isEmpty()) {
      return "HTTP " + answer.status();
    }
    return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
  }
}
