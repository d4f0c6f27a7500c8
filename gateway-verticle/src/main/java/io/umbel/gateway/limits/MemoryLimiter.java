package io.umbel.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;

/**
 * Limits for this gateway alone, remembered in memory: at most {@value #MOST} clients and kinds of
 * request, each only for as long as it matters.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
final class MemoryLimiter implements Limiter {

  private static final int MOST = 100_000;

  private final Ticker ticker;
  private final Cache<String, Moment> moments;

  /** When nothing would be left of what was done, on the ticker's clock. */
  private record Moment(long nanos) {}

  MemoryLimiter(Ticker ticker) {
    this.ticker = ticker;
    this.moments = Caffeine.newBuilder()
        .maximumSize(MOST)
        .ticker(ticker)
        .executor(Runnable::run)
        .expireAfter(Expiry.<String, Moment>writing((key, moment) ->
            java.time.Duration.ofNanos(Math.max(0, moment.nanos() - ticker.read()))))
        .build();
  }

  @Override
  public Future<Long> take(String key, Rate rate) {
    return Future.succeededFuture(waitFor(key, rate, true));
  }

  /**
   * The wait in microseconds, 0 for none.
   *
   * @param doing whether it is done then
   */
  long waitFor(String key, Rate rate, boolean doing) {
    var now = ticker.read();
    var last = moments.getIfPresent(key);
    var ahead = last == null ? 0 : Math.max(0, last.nanos() - now);
    var interval = rate.intervalMicros() * 1_000;
    var reach = rate.reachMicros() * 1_000;
    var next = Math.min(ahead, reach) + interval; // a rule may have become tighter since
    if (next > reach) {
      return (next - reach + 999) / 1_000;
    }
    if (doing) {
      moments.put(key, new Moment(now + next));
    }
    return 0;
  }
}
