package io.umbel.gateway.call;

import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Roster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks providers whether they are there: a real round trip to one instance of each. */
public final class ProviderProbes {

  private static final long PATIENCE_MILLIS = 1_000;

  private final Vertx vertx;
  private final Roster roster;

  public ProviderProbes(Vertx vertx, Roster roster) {
    this.vertx = vertx;
    this.roster = roster;
  }

  /**
   * Probes every provider that is here, and those expected.
   *
   * @return by provider: {@code {ok, latency_ms, error?}}; never fails
   */
  public Future<JsonObject> probe(Set<String> expected) {
    var here = onePerProvider();
    var names = new TreeSet<>(expected);
    names.addAll(here.keySet());
    var found = new JsonObject();
    var all = Future.<Void>succeededFuture();
    for (var name : names) {
      var probed = probe(here.get(name)).onSuccess(result -> found.put(name, result));
      all = all.compose(before -> probed.mapEmpty());
    }
    return all.map(found);
  }

  private Map<String, Instance> onePerProvider() {
    var instances = new TreeMap<String, Instance>();
    for (var present : roster.present()) {
      instances.putIfAbsent(present.instance().provider(), present.instance());
    }
    return instances;
  }

  private Future<JsonObject> probe(Instance instance) {
    if (instance == null) {
      return Future.succeededFuture(
          new JsonObject().put("ok", false).put("latency_ms", 0).put("error", "not heard of"));
    }
    var started = System.nanoTime();
    var options =
        new DeliveryOptions().setSendTimeout(PATIENCE_MILLIS).addHeader(Header.OP, Op.PING.word());
    return vertx
        .eventBus()
        .request(instance.address(), Buffer.buffer(), options)
        .map(reply -> took(started).put("ok", true))
        .otherwise(silent -> took(started).put("ok", false).put("error", "no answer"));
  }

  private static JsonObject took(long started) {
    return new JsonObject()
        .put("latency_ms", Math.round((System.nanoTime() - started) / 1e4) / 1e2);
  }
}
