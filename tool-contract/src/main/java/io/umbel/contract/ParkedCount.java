package io.umbel.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * How many calls of one provider instance wait, or have waited, for an answer of their user.
 *
 * @param now how many wait
 * @param parked how often one began to wait, since the instance started
 * @param resumed how many of these the client came back to
 * @param expired how many it did not come back to in time
 * @param refused how many could not wait, since too many did
 */
public record ParkedCount(int now, long parked, long resumed, long expired, long refused) {

  /** Of an instance that has just started. */
  public static final ParkedCount NONE = new ParkedCount(0, 0, 0, 0, 0);

  /** As it travels. */
  Buffer toBuffer() {
    return new JsonObject()
        .put("now", now)
        .put("parked", parked)
        .put("resumed", resumed)
        .put("expired", expired)
        .put("refused", refused)
        .toBuffer();
  }

  /** As it was meant; what is not there is none. */
  static ParkedCount fromBuffer(Buffer body) {
    var json = body.toJsonObject();
    return new ParkedCount(
        json.getInteger("now", 0),
        json.getLong("parked", 0L),
        json.getLong("resumed", 0L),
        json.getLong("expired", 0L),
        json.getLong("refused", 0L));
  }
}
