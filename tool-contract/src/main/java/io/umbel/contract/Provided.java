package io.umbel.contract;

import io.umbel.contract.Announcement.Offers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * What one caller has of a per-caller provider beside what everyone has, as it travels. Tools in
 * Java say it as a {@link Provision}.
 *
 * @param offers the definitions
 * @param keepFor how long this may be relied on without asking again, unless a change is told
 * @param orElseFor how long after that it may still be shown where the provider does not answer
 */
public record Provided(Offers offers, Duration keepFor, Duration orElseFor) {

  /** The longest that anything is kept without asking again. */
  public static final Duration LONGEST = Duration.ofHours(1);

  public Provided {
    keepFor = bounded(keepFor);
    orElseFor = bounded(orElseFor);
  }

  /** As it travels. */
  public Buffer toBuffer() {
    var json =
        new JsonObject().put("ttlMs", keepFor.toMillis()).put("staleMs", orElseFor.toMillis());
    return OffersJson.write(offers, json).toBuffer();
  }

  /**
   * As it was meant by its sender; unknown members are ignored.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Provided fromBuffer(Buffer body) {
    try {
      var json = body.toJsonObject();
      return new Provided(
          OffersJson.read(json),
          Duration.ofMillis(json.getLong("ttlMs", 0L)),
          Duration.ofMillis(json.getLong("staleMs", 0L)));
    } catch (DecodeException | ClassCastException | NullPointerException | ArithmeticException e) {
      throw new IllegalArgumentException("Not a provision: " + e.getMessage(), e);
    }
  }

  private static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
