package io.umbel.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.gateway.TwoGateways;
import io.umbel.gateway.limits.RateSettings.Redis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exactly as many as the rule says, by the time of a real Redis. */
class RedisLimiterTest {

  private static final Rate TWENTY = Rate.of(20, Duration.ofSeconds(60), 20);

  private static RunningRedis redis;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final String key = "rl:test:" + UUID.randomUUID();
  private RedisConnection direct;
  private RedisLimiter limiter;

  @BeforeAll
  static void startRedis() {
    redis = new RunningRedis();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void start() {
    direct =
        io.vertx.redis.client.Redis.createClient(vertx, redis.url()).connect().await();
    direct.send(Request.cmd(Command.SCRIPT).arg("FLUSH")).await();
    limiter = onLoop(() -> new RedisLimiter(vertx, new Redis(redis.url(), null, true)));
    TwoGateways.until(
        () -> onLoop(() -> limiter.probe()).await().getJsonObject("redis").getBoolean("ok"));
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void ofTwentyOneAtOnceTwentyPass() {
    var waits = takeMany(21, TWENTY);
    assertThat(waits.subList(0, 20)).containsOnly(0L);
    assertThat(waits.get(20)).isBetween(1_000_000L, 3_000_000L);
  }

  @Test
  void theNextPassesWhenTheTimeHasComeAndNotBefore() {
    var quick = Rate.of(1, Duration.ofMillis(300), 1);
    assertThat(take(quick)).isZero();
    var wait = take(quick);
    assertThat(wait).isBetween(1L, 300_000L);
    var started = System.nanoTime();
    TwoGateways.until(() -> take(quick) == 0);
    assertThat((System.nanoTime() - started) / 1_000).isGreaterThanOrEqualTo(wait - 1_000);
  }

  @Test
  void whatIsRememberedEndsWithItsUse() {
    take(TWENTY);
    assertThat(direct.send(Request.cmd(Command.PTTL).arg(key)).await().toLong())
        .isBetween(1L, 3_000L);
  }

  @Test
  void aRuleThatHasBecomeTighterIsWaitedForNoLongerThanItSays() {
    take(Rate.of(1, Duration.ofHours(1), 10));
    assertThat(take(TWENTY)).isBetween(1L, 3_000_000L);
  }

  @Test
  void whatIsNoTimeIsBegunAnew() {
    direct.send(Request.cmd(Command.SET).arg(key).arg("nonsense")).await();
    assertThat(take(TWENTY)).isZero();
  }

  @Test
  void whatRedisRefusesFails() {
    direct.send(Request.cmd(Command.LPUSH).arg(key).arg("x")).await();
    assertThatThrownBy(() -> take(TWENTY)).hasMessageContaining("WRONGTYPE");
  }

  @Test
  void aScriptThatRedisHasForgottenIsSentAgain() {
    assertThat(take(TWENTY)).isZero();
    direct.send(Request.cmd(Command.SCRIPT).arg("FLUSH")).await();
    assertThat(takeMany(3, TWENTY)).containsOnly(0L);
  }

  private long take(Rate rate) {
    return takeMany(1, rate).get(0);
  }

  private List<Long> takeMany(int times, Rate rate) {
    return onLoop(() -> Future.all(
            IntStream.range(0, times).mapToObj(n -> limiter.take(key, rate)).toList()))
        .await()
        .list();
  }

  /** A limiter belongs to one event loop. */
  private <T> T onLoop(Callable<T> task) {
    var done = Promise.<T>promise();
    loop.runOnContext(go -> {
      try {
        done.complete(task.call());
      } catch (Exception e) {
        done.fail(e);
      }
    });
    return done.future().await();
  }
}
