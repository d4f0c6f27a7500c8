package io.umbel.tools.issues.tracker;

import io.umbel.contract.ErrorCode;
import io.umbel.outbound.Answer;
import io.umbel.outbound.Outbound;
import io.umbel.outbound.OutboundFailure;
import io.umbel.outbound.Request;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Tracker.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * HTTP to a tracker, with what all kinds do alike: a read that fails is tried twice more, a write
 * is never sent twice, one that comes too often waits once as long as it is told. Answers are those
 * that a kind has to understand: 200 to 399, and 400, 404, 409, 410 and 422. All else fails with
 * {@link Refused}.
 */
public final class TrackerWeb {

  private static final int TRIES = 3;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_OFTEN = 429;

  private final Vertx vertx;
  private final Outbound outbound;
  private final String name;
  private final Pace pace;
  private final Consumer<Verdict> refused;

  /**
   * How patient it is.
   *
   * @param between tries of a read; twice as long before the last
   * @param longest that a tracker may ask to be left alone for, to be waited for here
   */
  public record Pace(Duration between, Duration longest) {

    /** What users can bear. */
    public static final Pace USUAL = new Pace(Duration.ofMillis(200), Duration.ofSeconds(10));
  }

  /**
   * The way to a tracker.
   *
   * @param name what its owner calls it
   * @param refused hears that it does not take the credentials
   */
  public TrackerWeb(
      Vertx vertx, Outbound outbound, String name, Pace pace, Consumer<Verdict> refused) {
    this.vertx = vertx;
    this.outbound = outbound;
    this.name = name;
    this.pace = pace;
    this.refused = refused;
  }

  /** Asks for something, more than once where need be. */
  public Future<Answer> read(Request request) {
    return read(request, TRIES).compose(answer -> checked(request, answer, true));
  }

  /** Has something done, at most once. */
  public Future<Answer> write(Request request) {
    return outbound
        .send(request)
        .recover(why -> Future.failedFuture(failed(why)))
        .compose(answer -> answer.status() >= 500
            ? Future.failedFuture(broken(answer.status()))
            : checked(request, answer, true));
  }

  /** For a kind that is told in another way than by a status that the credentials are wrong. */
  public Refused notLetIn() {
    return notLetIn(UNAUTHORIZED);
  }

  private Future<Answer> read(Request request, int tries) {
    return outbound.send(request).transform(sent -> {
      var again = sent.succeeded() ? sent.result().status() >= 500 : isPassing(sent.cause());
      if (again && tries > 1) {
        var wait = pace.between().toMillis() * (TRIES - tries + 1);
        return waited(wait).compose(over -> read(request, tries - 1));
      }
      return sent.succeeded()
          ? Future.succeededFuture(sent.result())
          : Future.failedFuture(failed(sent.cause()));
    });
  }

  private Future<Answer> checked(Request request, Answer answer, boolean mayWait) {
    var status = answer.status();
    if (isTooOften(answer)) {
      var wait = wait(answer);
      return mayWait && wait <= pace.longest().toMillis()
          ? waited(wait)
              .compose(over -> outbound.send(request))
              .recover(why -> Future.failedFuture(failed(why)))
              .compose(second -> checked(request, second, false))
          : Future.failedFuture(tooOften(wait));
    }
    if (status == 401 || status == 403) {
      return Future.failedFuture(notLetIn(status));
    }
    var isForItsKind = status < 400
        || status == 400
        || status == 404
        || status == 409
        || status == 410
        || status == 422;
    return isForItsKind
        ? Future.succeededFuture(answer)
        : Future.failedFuture(upstream("answered with HTTP status " + status));
  }

  /** A server that breaks in the middle of a write may have done it. */
  private Refused broken(int status) {
    return new Refused(
        ErrorCode.UPSTREAM_ERROR,
        "Tracker " + name + " answered with HTTP status " + status,
        JsonObject.of("may_have_been_done", true));
  }

  private Refused notLetIn(int status) {
    var text = status == 401
        ? "does not take the credentials that are kept for it (HTTP 401): give it others"
        : "does not allow this with the credentials that are kept for it (HTTP 403)";
    refused.accept(new Verdict(false, "Tracker " + name + " " + text));
    return upstream(text);
  }

  private Refused tooOften(long wait) {
    var text = "Tracker " + name + " was asked too often: try again in "
        + Math.max(1, TimeUnit.MILLISECONDS.toSeconds(wait)) + " s";
    return new Refused(ErrorCode.RATE_LIMITED, text, JsonObject.of("retry_after_ms", wait));
  }

  /** What a failure of the way says to users. */
  private Refused failed(Throwable why) {
    if (!(why instanceof OutboundFailure failure)) {
      return upstream("could not be asked");
    }
    var code = failure.reason() == OutboundFailure.Reason.TIMEOUT
        ? ErrorCode.UPSTREAM_TIMEOUT
        : ErrorCode.UPSTREAM_ERROR;
    var details = failure.delivered() ? JsonObject.of("may_have_been_done", true) : null;
    return new Refused(code, "Tracker " + name + ": " + failure.getMessage(), details);
  }

  private Refused upstream(String what) {
    return new Refused(ErrorCode.UPSTREAM_ERROR, "Tracker " + name + " " + what, null);
  }

  private Future<Void> waited(long millis) {
    return vertx.timer(Math.max(1, millis), TimeUnit.MILLISECONDS).mapEmpty();
  }

  private static boolean isPassing(Throwable why) {
    return why instanceof OutboundFailure failure
        && (failure.reason() == OutboundFailure.Reason.UNREACHABLE
            || failure.reason() == OutboundFailure.Reason.TIMEOUT);
  }

  /** GitHub says 403 for that too, and of its secondary limits perhaps in words alone. */
  private static boolean isTooOften(Answer answer) {
    return answer.status() == TOO_OFTEN
        || (answer.status() == 403
            && (answer.header("Retry-After") != null
                || "0".equals(answer.header("X-RateLimit-Remaining"))
                || answer.body().toString().contains("rate limit")));
  }

  /** Milliseconds: seconds or a date in {@code Retry-After}, or when GitHub's window is over. */
  private static long wait(Answer answer) {
    var told = answer.header("Retry-After");
    var reset = answer.header("X-RateLimit-Reset");
    try {
      if (told != null && told.matches("\\d{1,9}")) {
        return Long.parseLong(told) * 1_000;
      }
      if (told != null) {
        var until =
            ZonedDateTime.parse(told, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return Math.max(0, Duration.between(Instant.now(), until).toMillis());
      }
      if (reset != null && reset.matches("\\d{1,12}")) {
        var until = Instant.ofEpochSecond(Long.parseLong(reset));
        return Math.max(0, Duration.between(Instant.now(), until).toMillis());
      }
    } catch (DateTimeException e) {
      // What nobody can read says nothing.
    }
    return answer.status() == TOO_OFTEN ? 1_000 : 60_000;
  }
}
