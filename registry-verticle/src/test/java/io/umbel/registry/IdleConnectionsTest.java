package io.umbel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.MovableClock;
import io.umbel.registry.pool.Errand;
import io.umbel.registry.pool.Pool;
import io.umbel.registry.pool.UpstreamMetrics;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Era;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.Upstream.Question;
import io.umbel.registry.upstream.UpstreamFailure.NoAnswer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that nobody has used for five minutes are closed, and no others. */
@Timeout(30)
class IdleConnectionsTest {

  private static final Duration ALMOST = Pool.IDLE.minusSeconds(1);
  private static final Duration MORE = Duration.ofSeconds(2);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final MovableClock clock = new MovableClock();
  private final PlayedServer.All upstreams = new PlayedServer.All();
  private final PlayedServer git = upstreams.play("git");
  private final Server server = Stage.server("acme", "git", Policy.USUAL);
  private final Pool pool =
      new Pool(vertx, upstreams, clock, new UpstreamMetrics(new SimpleMeterRegistry()));

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void isFiveMinutes() {
    assertThat(Pool.IDLE).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void oneThatNobodyUsesIsClosedAndTheNextCallOpensAnother() {
    ask("acme").await();
    sweepAfter(ALMOST);
    assertThat(git.closed).hasValue(0);
    ask("acme").await();
    sweepAfter(ALMOST);
    assertThat(git.closed).hasValue(0);
    assertThat(git.opened).hasSize(1);
    sweepAfter(MORE);
    assertThat(git.closed).hasValue(1);
    ask("acme").await();
    assertThat(git.opened).hasSize(2);
  }

  @Test
  void oneWithACallUnderWayIsNot() {
    var answer = Promise.<Answer>promise();
    git.calls = (question, hearing) -> answer.future();
    var call = ask("acme");
    Stage.awaitThat(() -> !git.called("tools/call").isEmpty());
    sweepAfter(Pool.IDLE.plus(MORE));
    assertThat(git.closed).hasValue(0);
    answer.complete(PlayedServer.text("late"));
    call.await();
    sweepAfter(ALMOST);
    assertThat(git.closed).hasValue(0);
    sweepAfter(MORE);
    assertThat(git.closed).hasValue(1);
  }

  @Test
  void thatOfAnotherAccountGoesOn() {
    ask("acme").await();
    sweepAfter(ALMOST);
    ask("other").await();
    sweepAfter(MORE);
    assertThat(git.closed).hasValue(1);
    ask("other").await();
    assertThat(git.opened).hasSize(2);
  }

  private Future<Answer> ask(String account) {
    var client = new Errand.Client(account, new JsonObject(), Era.STATELESS);
    var errand = new Errand(
        client,
        server,
        "clone",
        5_000,
        facts -> new Question("tools/call", new JsonObject(), Duration.ofSeconds(5), false));
    return on(() -> pool.ask(errand, new Alone()));
  }

  private void sweepAfter(Duration time) {
    clock.advance(time);
    on(() -> {
          pool.sweep();
          return Future.succeededFuture();
        })
        .await();
  }

  private <T> Future<T> on(Supplier<Future<T>> action) {
    var done = Promise.<T>promise();
    context.runOnContext(now -> action.get().onComplete(done));
    return done.future();
  }

  /** Hears nothing, and can be asked nothing. */
  private static final class Alone implements Hearing {
    @Override
    public void progress(JsonObject params) {}

    @Override
    public void log(JsonObject params) {}

    @Override
    public Future<JsonObject> asked(String method, JsonObject params) {
      return Future.failedFuture(new NoAnswer(-32601, "nobody"));
    }

    @Override
    public Future<Void> cancelled() {
      return Promise.<Void>promise().future();
    }
  }
}
