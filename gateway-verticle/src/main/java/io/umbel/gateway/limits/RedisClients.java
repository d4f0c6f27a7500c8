package io.umbel.gateway.limits;

import io.umbel.gateway.limits.RateSettings.Redis;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;

/**
 * Makes a client for each attempt to connect: what is left of one that failed goes with it.
 *
 * @param redis where it is
 */
record RedisClients(Vertx vertx, Redis redis) {

  private static final int CONNECT_MILLIS = 1_000;
  private static final int MOST_WAITING = 10_000;
  private static final int NEVER = -1;

  io.vertx.redis.client.Redis create() {
    var options = new RedisOptions()
        .setConnectionString(redis.url())
        .setMaxPoolSize(1)
        .setPoolCleanerInterval(NEVER)
        .setPoolRecycleTimeout(NEVER)
        .setMaxWaitingHandlers(MOST_WAITING);
    var net = options.getNetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpNoDelay(true);
    if (redis.url().startsWith("rediss://")) {
      net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
      if (redis.authority() != null) {
        net.setTrustOptions(new PemTrustOptions().addCertPath(redis.authority()));
      }
    }
    return io.vertx.redis.client.Redis.createClient(vertx, options);
  }
}
