package io.umbel.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.TwoGateways;
import io.umbel.gateway.limits.RateSettings.Redis;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gateways that count at a real Redis, also while that is away. */
@Timeout(60)
class SharedLimitTest {

  private static final String TWENTY = "tools/call 20/60s burst 20";
  private static final long PATIENT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final RunningRedis redis = new RunningRedis("--requirepass", "s3cret");
  private final ExecutorService clients = Executors.newFixedThreadPool(8);
  private final List<LimitedGateway> gateways = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    gateways.forEach(LimitedGateway::close);
    clients.shutdownNow();
    assertThat(clients.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    redis.close();
  }

  @Test
  void ofTwiceTwentyCallsAtTwoGatewaysTwentyPass() {
    var a = gateway(true, TWENTY);
    var b = gateway(true, TWENTY);
    var calls = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int call = 0; call < 20; call++) {
      calls.add(CompletableFuture.supplyAsync(() -> a.call("add"), clients));
      calls.add(CompletableFuture.supplyAsync(() -> b.call("add"), clients));
    }
    var answers = calls.stream().map(CompletableFuture::join).toList();
    assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(20);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() == 429)
        .hasSize(20)
        .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
  }

  @Test
  void whereItIsOpenEverythingPassesWhileRedisIsAwayAndLimitsHoldAgainWhenItIsBack() {
    var gateway = gateway(true, TWENTY);
    var load = new Load(gateway);
    load.until(() -> load.count(429) > 0);
    redis.kill();
    var before = load.count(200);
    load.until(() -> load.count(200) > before + 100);
    load.until(() -> gateway.counted("mcp_rate_limit_bypassed_total") > 100);
    assertThat(gateway.ready().statusCode()).isEqualTo(200);
    assertThat(gateway.probed("redis").getBoolean("ok")).isFalse();
    redis.start();
    TwoGateways.until(gateway::hasRedis);
    var limited = load.count(429);
    load.until(() -> load.count(429) > limited + 50);
    assertThat(load.end()).containsOnlyKeys(200, 429);
    assertThat(load.slowest()).isLessThan(PATIENT_NANOS);
  }

  @Test
  void whereItIsClosedNothingPassesWhileRedisIsAway() {
    var gateway = gateway(false, TWENTY);
    assertThat(gateway.ready().statusCode()).isEqualTo(200);
    redis.kill();
    TwoGateways.until(() -> gateway.call("add").statusCode() == 503);
    var refused = gateway.call("add");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("message"))
        .isEqualTo("Requests cannot be counted, since Redis is away, and rate.limit.fail is closed:"
            + " try again shortly; the operator finds why in the log");
    assertThat(gateway.counted("mcp_rate_limit_bypassed_total")).isZero();
    assertThat(gateway.ready().statusCode()).isEqualTo(503);
    redis.start();
    TwoGateways.until(() -> gateway.call("add").statusCode() == 200);
    assertThat(gateway.ready().statusCode()).isEqualTo(200);
  }

  @Test
  void aRedisThatSaysNothingHoldsNobodyUp() {
    var gateway = gateway(true, "tools/call unlimited", "tools/list 1000/1s");
    redis.freeze();
    for (int call = 0; call < 20; call++) {
      var started = System.nanoTime();
      assertThat(gateway.list().statusCode()).isEqualTo(200);
      assertThat(System.nanoTime() - started).isLessThan(PATIENT_NANOS);
    }
    assertThat(gateway.counted("mcp_rate_limit_bypassed_total")).isPositive();
    redis.thaw();
    TwoGateways.until(gateway::hasRedis);
    assertThat(gateway.hasRedis()).isTrue();
  }

  @Test
  void aGatewayThatStartsBeforeItsRedisFindsItLater() {
    redis.kill();
    var gateway = LimitedGateway.sharing(at("s3cret", true), TWENTY);
    gateways.add(gateway);
    assertThat(gateway.call("add").statusCode()).isEqualTo(200);
    redis.start();
    TwoGateways.until(gateway::hasRedis);
    assertThat(gateway.hasRedis()).isTrue();
  }

  @Test
  void aWrongPasswordIsLikeNoRedis() {
    var gateway = LimitedGateway.sharing(at("wrong", false), TWENTY);
    gateways.add(gateway);
    assertThat(gateway.call("add").statusCode()).isEqualTo(503);
    assertThat(at("wrong", false).toString()).doesNotContain("wrong");
  }

  private LimitedGateway gateway(boolean open, String... rules) {
    var gateway = LimitedGateway.sharing(at("s3cret", open), rules);
    gateways.add(gateway);
    TwoGateways.until(gateway::hasRedis);
    return gateway;
  }

  private Redis at(String password, boolean open) {
    return new Redis(redis.url(password), null, open);
  }

  /** Clients that go on calling, whatever they are answered. */
  private final class Load {
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong slowest = new AtomicLong();
    private final List<Future<?>> running = new ArrayList<>();

    Load(LimitedGateway gateway) {
      for (int client = 0; client < 4; client++) {
        running.add(clients.submit(() -> callOn(gateway)));
      }
    }

    private void callOn(LimitedGateway gateway) {
      while (!over.get()) {
        var started = System.nanoTime();
        var status = gateway.call("add").statusCode();
        slowest.accumulateAndGet(System.nanoTime() - started, Math::max);
        statuses.computeIfAbsent(status, first -> new LongAdder()).increment();
      }
    }

    long count(int status) {
      var counted = statuses.get(status);
      return counted == null ? 0 : counted.sum();
    }

    void until(BooleanSupplier condition) {
      TwoGateways.until(condition);
      assertThat(condition.getAsBoolean()).isTrue();
    }

    long slowest() {
      return slowest.get();
    }

    Map<Integer, LongAdder> end() {
      over.set(true);
      running.forEach(client -> {
        try {
          client.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      });
      return statuses;
    }
  }
}
