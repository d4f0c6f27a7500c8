package io.umbel.gateway.limits;

import com.github.benmanes.caffeine.cache.Ticker;
import io.umbel.contract.Caller;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.Envelope.Kind;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * Lets each client ask only so often: by account and subject or, where nobody says who asks, by
 * network address; each method and each tool for itself.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class RateLimits {

  /** The name of what limits are shared by, where they are. */
  public static final String REDIS = "redis";

  private static final Future<Void> FREE = Future.succeededFuture();
  private static final String UNCOUNTED =
      "Requests cannot be counted, since Redis is away, and rate.limit.fail is closed: try again"
          + " shortly; the operator finds why in the log";
  private static final String TOOLS_CALL = McpMethod.TOOLS_CALL.text();

  /** Generous: a client whose token has run out tries a few times before it gets another. */
  private static final Rate FAILED = Rate.of(60, Duration.ofMinutes(1), 60);

  private final RateSettings settings;
  private final BiFunction<Caller, String, Future<Boolean>> shows;
  private final RateMetrics metrics;
  private final Limiter limiter;
  private final MemoryLimiter failed = new MemoryLimiter(Ticker.systemTicker());

  /**
   * Limits as they are set.
   *
   * @param shows whether a caller is shown a tool of that name. All others count as one: with
   *     made-up names nobody gets more, and nobody finds out which names there are.
   */
  public RateLimits(
      Vertx vertx,
      RateSettings settings,
      BiFunction<Caller, String, Future<Boolean>> shows,
      RateMetrics metrics) {
    this.settings = settings;
    this.shows = shows;
    this.metrics = metrics;
    this.limiter = settings.redis() == null
        ? new MemoryLimiter(Ticker.systemTicker())
        : new RedisLimiter(vertx, settings.redis());
  }

  /**
   * Counts a message; fails with {@link McpException} where there are too many. What is no request
   * has no answer, so it is counted apart, against a wider limit.
   */
  public Future<Void> take(Envelope message, Exchange exchange) {
    var origin = exchange.origin();
    if (message.kind() != Kind.REQUEST) {
      return take(origin.caller(), origin.address(), Rules.NOTIFICATIONS, null);
    }
    var isCall = TOOLS_CALL.equals(message.method());
    var tool = isCall ? message.params().facts().name() : null;
    return take(origin.caller(), origin.address(), message.method(), tool);
  }

  /**
   * Counts a request; fails with {@link McpException} where there are too many.
   *
   * @param address where it comes from; counts where the caller is nobody in particular
   * @param tool what {@code tools/call} names, else null
   */
  public Future<Void> take(Caller caller, String address, String method, String tool) {
    var known = method.equals(Rules.NOTIFICATIONS) || McpMethod.exists(method);
    var asked = known ? method : Rules.UNKNOWN;
    return tool == null
        ? count(caller, address, asked, null)
        : shows
            .apply(caller, tool)
            .compose(
                shown -> count(caller, address, asked, shown ? caller.reach().listed(tool) : null));
  }

  private Future<Void> count(Caller caller, String address, String asked, String tool) {
    var rate = settings.rules().of(asked, tool);
    return rate.isUnlimited()
        ? FREE
        : limiter
            .take(RateKey.of(caller, address, asked, tool), rate)
            .transform(counted ->
                counted.succeeded() ? judged(counted.result()) : uncounted(counted.cause()));
  }

  /**
   * Notes that somebody there could not say who they are. Fails with {@link McpException} where
   * that happens too often, and so does {@link #mayIdentify}. Counted by each gateway for itself.
   */
  public Future<Void> takeFailed(String address) {
    return failed(address, true);
  }

  /**
   * Whether somebody there may still try to say who they are; to be asked before a token is
   * verified that is not known yet, so that nobody can try out many.
   */
  public Future<Void> mayIdentify(String address) {
    return failed(address, false);
  }

  private Future<Void> failed(String address, boolean again) {
    return settings.rules() == Rules.NONE
        ? FREE
        : judged(failed.waitFor(ClientAddress.counted(address), FAILED, again));
  }

  /** What this depends on, by name: {@code {ok, latency_ms, error?}}; never fails. */
  public Future<JsonObject> probe() {
    return limiter.probe();
  }

  /** Whether nothing passes while what this depends on is away. */
  public boolean isStrict() {
    return settings.redis() != null && !settings.redis().failOpen();
  }

  public void close() {
    limiter.close();
  }

  private Future<Void> judged(long waitMicros) {
    if (waitMicros == 0) {
      return FREE;
    }
    metrics.limited();
    return Future.failedFuture(McpException.rateLimited(Duration.ofNanos(waitMicros * 1_000)));
  }

  private Future<Void> uncounted(Throwable why) {
    if (isStrict()) {
      return Future.failedFuture(McpException.unavailable(UNCOUNTED, 1));
    }
    metrics.bypassed(why);
    return FREE;
  }
}
