package io.umbel.gateway.limits;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * The algorithm of {@link Rate} as one script, so that it is one round trip and nobody comes
 * between. The time is that of Redis: no gateway's clock counts.
 */
final class GcraScript {

  // Whole microseconds since 1970 fit in Lua's numbers, but not in how it writes them by itself.
  private static final String TEXT = """
      local time = redis.call('TIME')
      local now = time[1] * 1000000 + time[2]
      local interval = tonumber(ARGV[1])
      local reach = tonumber(ARGV[2])
      local ahead = (tonumber(redis.call('GET', KEYS[1]) or '') or now) - now
      if ahead < 0 then ahead = 0 end
      if ahead > reach then ahead = reach end
      local next = ahead + interval
      if next > reach then return math.ceil(next - reach) end
      redis.call('SET', KEYS[1], string.format('%.0f', now + next), 'PX', math.ceil(next / 1000))
      return 0
      """;

  private static final String DIGEST = digest();

  private GcraScript() {}

  /**
   * The wait in microseconds, 0 for none.
   *
   * @param send how a command gets to Redis
   */
  static Future<Long> run(Function<Request, Future<Response>> send, String key, Rate rate) {
    return send.apply(with(Request.cmd(Command.EVALSHA).arg(DIGEST), key, rate))
        .recover(failure -> isUnknown(failure)
            ? send.apply(with(Request.cmd(Command.EVAL).arg(TEXT), key, rate))
            : Future.failedFuture(failure))
        .map(Response::toLong);
  }

  private static Request with(Request begun, String key, Rate rate) {
    return begun.arg(1).arg(key).arg(rate.intervalMicros()).arg(rate.reachMicros());
  }

  /** A Redis that has just started knows no script until it has run one. */
  private static boolean isUnknown(Throwable failure) {
    var message = failure.getMessage();
    return message != null && message.startsWith("NOSCRIPT");
  }

  private static String digest() {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(TEXT.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
