package io.umbel.registry.pool;

import io.umbel.registry.server.Endpoint;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.Upstream.Question;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Puts one errand to a server, again where that is safe and there is time: a request that was never
 * delivered, or one that may be carried out twice. Between two attempts it waits a little, and
 * longer each time, by chance, so that many do not come back at once.
 */
final class Attempts {

  private static final long FIRST_WAIT_MILLIS = 100;
  private static final long STARTING_MILLIS = 5_000;
  private static final Set<Reason> MAY_PASS =
      Set.of(Reason.UNREACHABLE, Reason.TIMEOUT, Reason.GARBAGE, Reason.OVERLOADED);

  private final Vertx vertx;
  private final Lane lane;
  private final Errand errand;
  private final Hearing hearing;
  private final long deadline;
  private Question question;
  private int made;

  Attempts(Vertx vertx, Lane lane, Errand errand, Hearing hearing, long deadline) {
    this.vertx = vertx;
    this.lane = lane;
    this.errand = errand;
    this.hearing = hearing;
    this.deadline = deadline;
  }

  /** The first answer there is; fails with the last {@link UpstreamFailure}. */
  Future<Answer> run() {
    made++;
    return once().recover(this::after);
  }

  private Future<Answer> once() {
    var connection = lane.connection(errand.client());
    return connection
        .upstream()
        .timeout(Math.max(1, left()), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(notOpened(failure)))
        .compose(this::ask)
        .onFailure(failure -> noteUseless(connection, failure))
        .onComplete(done -> connection.leave(lane.now()));
  }

  private Future<Answer> ask(Upstream upstream) {
    if (hearing.cancelled().isComplete()) {
      return Future.failedFuture(
          new UpstreamFailure(Reason.CANCELLED, "nobody waits any longer", false));
    }
    var asked = errand.question().apply(upstream.facts());
    question = new Question(
        asked.method(), asked.params(), Duration.ofMillis(Math.max(1, left())), asked.repeatable());
    return upstream.ask(question, hearing);
  }

  private Future<Answer> after(Throwable failure) {
    var wait = waitBefore(failure);
    return mayRepeat(failure) && wait < left()
        ? vertx.timer(wait).compose(waited -> run())
        : Future.failedFuture(failure);
  }

  private boolean mayRepeat(Throwable failure) {
    return failure instanceof UpstreamFailure trouble
        && MAY_PASS.contains(trouble.reason())
        && made <= lane.server().policy().limits().retries()
        && !hearing.cancelled().isComplete()
        && (!trouble.delivered() || (question != null && question.repeatable()));
  }

  private long waitBefore(Throwable failure) {
    var most = FIRST_WAIT_MILLIS << Math.min(made, 6);
    var chance = ThreadLocalRandom.current().nextLong(most / 2, most);
    return failure instanceof UpstreamFailure trouble
        ? Math.max(chance, trouble.retryAfterMillis())
        : chance;
  }

  private long left() {
    return (deadline - System.nanoTime()) / 1_000_000;
  }

  /** What cannot be reached, or speaks nonsense, is opened anew by whoever comes next. */
  private void noteUseless(Connection connection, Throwable failure) {
    var reason = failure instanceof UpstreamFailure trouble ? trouble.reason() : null;
    if (reason == Reason.UNREACHABLE || reason == Reason.GARBAGE || reason == Reason.CREDENTIALS) {
      lane.drop(connection);
    }
  }

  /** A process may take longer to start than a call may last, which is no fault of its. */
  private Throwable notOpened(Throwable failure) {
    if (failure instanceof UpstreamFailure) {
      return failure;
    }
    return lane.server().endpoint() instanceof Endpoint.Stdio
        ? new UpstreamFailure(Reason.STARTING, "The process is starting", false, STARTING_MILLIS)
        : new UpstreamFailure(Reason.TIMEOUT, "no connection could be opened in time", false);
  }
}
