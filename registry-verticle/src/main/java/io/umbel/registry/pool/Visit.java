package io.umbel.registry.pool;

import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * One errand on its lane: past the breaker, into the bulkhead, and out again. While the client is
 * asked something the place is free for others, since nobody works for this call meanwhile.
 */
final class Visit {

  private static final Set<Reason> COUNT =
      Set.of(Reason.UNREACHABLE, Reason.TIMEOUT, Reason.GARBAGE, Reason.OVERLOADED);

  private final Vertx vertx;
  private final Lane lane;
  private final Errand errand;
  private final Hearing hearing;
  private final long deadline;
  private Breaker.Pass pass;
  private Bulkhead.Place place;

  Visit(Vertx vertx, Lane lane, Errand errand, Hearing hearing) {
    this.vertx = vertx;
    this.lane = lane;
    this.errand = errand;
    this.hearing = hearing;
    this.deadline = System.nanoTime() + errand.millis() * 1_000_000;
  }

  Future<Answer> run() {
    var breaker = lane.breaker();
    pass = breaker.enter();
    if (pass == null) {
      return Future.failedFuture(
          new Unavailable(Unavailable.Reason.CIRCUIT_OPEN, breaker.retryAfterMillis()));
    }
    return lane.bulkhead().enter(errand.millis()).compose(this::inside).onComplete(this::count);
  }

  private Future<Answer> inside(Bulkhead.Place taken) {
    place = taken;
    return new Attempts(vertx, lane, errand, new Outside(), deadline)
        .run()
        .onComplete(done -> place.giveBack());
  }

  private void count(AsyncResult<Answer> done) {
    if (done.succeeded()) {
      pass.succeeded();
    } else if (done.cause() instanceof UpstreamFailure failure
        && COUNT.contains(failure.reason())) {
      pass.failed();
    } else {
      pass.abandoned();
    }
  }

  /** The client, as the server hears it; being asked, it holds up nobody else. */
  private final class Outside implements Hearing {
    @Override
    public void progress(JsonObject params) {
      hearing.progress(params);
    }

    @Override
    public void log(JsonObject params) {
      hearing.log(params);
    }

    @Override
    public Future<JsonObject> asked(String method, JsonObject params) {
      place.giveBack();
      pass.succeeded(); // who asks is alive, however long the user thinks about it
      return hearing.asked(method, params);
    }

    @Override
    public Future<Void> cancelled() {
      return hearing.cancelled();
    }
  }
}
