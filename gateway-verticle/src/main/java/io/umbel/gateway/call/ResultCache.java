package io.umbel.gateway.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.umbel.contract.Caller;
import io.umbel.contract.Outcome;
import io.umbel.contract.Outcome.Result;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.wire.Envelope.Continued;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Results of tools that let them be kept: given again to the very same caller for the same
 * arguments, while the tool is defined as it was. Failures and questions are never kept.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class ResultCache {

  private static final long MOST_BYTES = 16 * 1024 * 1024;
  private static final int BYTES_BESIDE = 512;

  private final Cache<Key, Kept> results;
  private final GatewayMetrics metrics;

  /** All that a result may depend on; two callers that differ in a scope are not the same. */
  private record Key(Caller caller, String provider, String tool, String arguments) {}

  /** A result, and the offer as it was then. */
  private record Kept(Offer offer, Result result) {
    boolean isOf(Offer now) {
      return offer.isSameAs(now) && offer.version().equals(now.version());
    }

    Duration lifetime() {
      return Duration.ofMillis(offer.terms().cacheMillis());
    }
  }

  /**
   * An empty one.
   *
   * @param ticker by which lifetimes end
   */
  public ResultCache(Ticker ticker, GatewayMetrics metrics) {
    this.metrics = metrics;
    this.results = Caffeine.newBuilder()
        .maximumWeight(MOST_BYTES)
        .weigher(ResultCache::weight)
        .expireAfter(Expiry.<Key, Kept>creating((key, kept) -> kept.lifetime()))
        .ticker(ticker)
        .executor(Runnable::run)
        .build();
  }

  /** What is kept for this request, or else what that call answers. */
  Future<Outcome> through(Offer offer, McpRequest request, Supplier<Future<Outcome>> call) {
    var key = key(offer, request);
    if (key == null) {
      return call.get();
    }
    var kept = results.getIfPresent(key);
    if (kept != null && kept.isOf(offer)) {
      metrics.resultCache("hit");
      return Future.succeededFuture(kept.result());
    }
    metrics.resultCache("miss");
    results.invalidate(key);
    return call.get().onSuccess(outcome -> keep(key, offer, outcome));
  }

  /** Null where nothing is to be kept. */
  private static Key key(Offer offer, McpRequest request) {
    if (offer.terms().cacheMillis() == 0 || !request.facts().continued().equals(Continued.NONE)) {
      return null;
    }
    var arguments = CanonicalJson.of(request.facts().arguments());
    return arguments == null
        ? null
        : new Key(request.caller(), offer.provider(), offer.name(), arguments);
  }

  private void keep(Key key, Offer offer, Outcome outcome) {
    if (outcome instanceof Result result && result.failure() == null && !isError(result)) {
      var copy = new Result(result.json().copy(), result.meta(), null);
      results.put(key, new Kept(offer, copy));
    }
  }

  /** Other servers' tools say so in their result alone. */
  private static boolean isError(Result result) {
    try {
      return Boolean.TRUE.equals(result.json().toJsonObject().getValue("isError"));
    } catch (DecodeException e) {
      return true;
    }
  }

  private static int weight(Key key, Kept kept) {
    var meta = kept.result().meta();
    return BYTES_BESIDE
        + 2 * key.arguments().length()
        + kept.result().json().length()
        + (meta == null ? 0 : 2 * meta.length());
  }
}
