package io.umbel.gateway;

import io.umbel.gateway.audit.Audit;
import io.umbel.gateway.call.ProviderProbes;
import io.umbel.gateway.identity.Identity;
import io.umbel.gateway.limits.RateLimits;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that a gateway depends on, and what of it is needed.
 *
 * @param providers those that run tools
 * @param rates how often each client may ask
 * @param audit what is kept of what is done
 * @param identity who clients are
 * @param expected the providers without which it is not ready
 */
public record Dependencies(
    ProviderProbes providers,
    RateLimits rates,
    Audit audit,
    Identity identity,
    Set<String> expected) {

  /**
   * Asks all of them whether they are there.
   *
   * @return by name: {@code {ok, latency_ms, error?}}; never fails
   */
  public Future<JsonObject> probe() {
    return Future.all(providers.probe(expected), rates.probe(), audit.probe(), identity.probe())
        .map(all -> all.<JsonObject>list().stream()
            .reduce(new JsonObject(), JsonObject::mergeIn, JsonObject::mergeIn));
  }

  /** Without which of them the gateway is not ready. */
  public Set<String> needed() {
    var needed = new TreeSet<>(expected);
    if (rates.isStrict()) {
      needed.add(RateLimits.REDIS);
    }
    if (identity.isAsking()) {
      needed.add(Identity.NAME);
    }
    return needed;
  }
}
