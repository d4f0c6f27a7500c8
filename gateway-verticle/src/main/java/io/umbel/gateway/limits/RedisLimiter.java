package io.umbel.gateway.limits;

import io.umbel.gateway.limits.RateSettings.Redis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** Limits that all gateways share, kept in Redis. */
final class RedisLimiter implements Limiter {

  private final RedisLink link;

  RedisLimiter(Vertx vertx, Redis redis) {
    link = new RedisLink(vertx, redis);
    link.open();
  }

  @Override
  public Future<Long> take(String key, Rate rate) {
    return GcraScript.run(link::send, key, rate);
  }

  @Override
  public Future<JsonObject> probe() {
    var started = System.nanoTime();
    return link.send(Request.cmd(Command.PING))
        .map(pong -> took(started).put("ok", true))
        .otherwise(away -> took(started).put("ok", false).put("error", "no answer"))
        .map(found -> new JsonObject().put(RateLimits.REDIS, found));
  }

  @Override
  public void close() {
    link.close();
  }

  private static JsonObject took(long started) {
    return new JsonObject()
        .put("latency_ms", Math.round((System.nanoTime() - started) / 1e4) / 1e2);
  }
}
