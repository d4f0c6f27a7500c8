package io.umbel.gateway.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.contract.Provided;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers have of providers that offer each caller something else: asked for once, kept as
 * long as the provider says. One that fails or is slow costs its own offers only: it is waited for
 * {@link ProvideRequest#PATIENCE_MILLIS} once, then asked again beside what goes on.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
final class Provisions {

  /** Between two questions that are not answered. */
  static final long PAUSE_MILLIS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(Provisions.class);
  private static final int MOST = 20_000;

  /** Asked for less often than that, whatever the provider says. */
  private static final long SHORTEST_MILLIS = 1_000;

  /** A provider that kept so many callers waiting in a row keeps nobody waiting any more. */
  private static final int DISTRUSTED = 3;

  private final ProvideRequest request;
  private final Clock clock;
  private final Cache<Key, Entry> entries =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
  private final Map<String, Integer> silent = new HashMap<>();
  private Consumer<Caller> onLate = caller -> {};

  private record Key(String provider, String version, Caller caller) {}

  /**
   * What a caller has of one provider.
   *
   * @param provided null for nothing
   * @param until when to ask again, in milliseconds since 1970
   * @param noServer whether the caller is narrowed to a server that this provider does not have
   */
  record Known(PerCaller provider, Provided provided, long until, boolean noServer) {
    Known(PerCaller provider, Provided provided, long until) {
      this(provider, provided, until, false);
    }
  }

  private static final class Entry {
    private Provided provided;
    private long freshUntil;
    private long staleUntil;
    private long pausedUntil;
    private boolean failed;
    private Future<Known> asking;
  }

  Provisions(Vertx vertx, ProvideRequest request) {
    this.clock = Node.of(vertx).clock();
    this.request = request;
  }

  /** Tells for whom an answer came that was not waited for. */
  void onLate(Consumer<Caller> watcher) {
    onLate = watcher;
  }

  /** What that caller has of it, so far as it can be known in time; never fails. */
  Future<Known> of(PerCaller provider, Caller caller) {
    var entry = entries.get(new Key(provider.name(), provider.version(), caller), k -> new Entry());
    var now = clock.millis();
    if (entry.provided != null && now < entry.freshUntil) {
      return Future.succeededFuture(new Known(provider, entry.provided, entry.freshUntil));
    }
    var waits = !entry.failed && silent.getOrDefault(provider.name(), 0) < DISTRUSTED;
    if (entry.asking == null && now >= entry.pausedUntil) {
      ask(provider, caller, entry, waits);
    }
    return waits && entry.asking != null
        ? entry.asking
        : Future.succeededFuture(meanwhile(provider, entry));
  }

  /** What was provided so far is over: for that account, or for all where it is null. */
  void forget(String provider, String account) {
    entries
        .asMap()
        .keySet()
        .removeIf(key -> key.provider().equals(provider)
            && (account == null || account.equals(key.caller().account())));
  }

  private void ask(PerCaller provider, Caller caller, Entry entry, boolean waits) {
    var answer = request
        .send(provider, caller)
        .onSuccess(provided -> succeeded(provider, entry, provided))
        .onFailure(failure -> failed(provider, caller, entry, failure))
        .map(provided -> new Known(provider, provided, entry.freshUntil))
        .otherwise(failure -> failure instanceof ProvideRequest.NoServer
            ? new Known(provider, null, clock.millis() + PAUSE_MILLIS, true)
            : meanwhile(provider, entry));
    if (!answer.isComplete()) {
      entry.asking = answer;
    }
    answer.onSuccess(known -> {
      entry.asking = null;
      if (!waits && !entry.failed) {
        onLate.accept(caller);
      }
    });
  }

  private void succeeded(PerCaller provider, Entry entry, Provided provided) {
    entry.provided = provided;
    entry.freshUntil =
        clock.millis() + Math.max(SHORTEST_MILLIS, provided.keepFor().toMillis());
    entry.staleUntil = entry.freshUntil + provided.orElseFor().toMillis();
    entry.failed = false;
    silent.remove(provider.name());
  }

  private void failed(PerCaller provider, Caller caller, Entry entry, Throwable failure) {
    if (failure instanceof ProvideRequest.NoServer) {
      noServer(provider, caller, entry);
      return;
    }
    LOG.warn("{} does not say what a caller has: {}", provider.name(), failure.getMessage());
    entry.failed = true;
    entry.pausedUntil = clock.millis() + PAUSE_MILLIS;
    if (failure instanceof ProvideRequest.Silent) {
      silent.merge(provider.name(), 1, Integer::sum);
    }
  }

  /** Not remembered: names that somebody makes up take no room. */
  private void noServer(PerCaller provider, Caller caller, Entry entry) {
    entry.failed = false;
    silent.remove(provider.name());
    entries.asMap().remove(new Key(provider.name(), provider.version(), caller), entry);
  }

  /** What was provided before, where the provider allows that; else nothing. */
  private Known meanwhile(PerCaller provider, Entry entry) {
    var now = clock.millis();
    var again = Math.max(entry.pausedUntil, now + SHORTEST_MILLIS);
    return entry.provided != null && now < entry.staleUntil
        ? new Known(provider, entry.provided, Math.min(again, entry.staleUntil))
        : new Known(provider, null, again);
  }
}
