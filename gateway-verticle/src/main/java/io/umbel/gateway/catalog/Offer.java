package io.umbel.gateway.catalog;

import io.umbel.contract.Announcement.OfferedTool;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A tool on offer: its definition and the live instances that answer for it.
 *
 * @param provider whose it is
 * @param tool what was announced
 * @param json the definition's bytes, as lists carry them
 * @param replicas the instances that announced exactly this
 */
public record Offer(String provider, OfferedTool tool, Buffer json, List<Replica> replicas) {

  public String name() {
    return tool.name();
  }

  public JsonObject definition() {
    return tool.definition();
  }

  public String description() {
    return definition().getString("description", "");
  }

  /** Whether a call that may or may not have been carried out can safely be made again. */
  public boolean isRepeatable() {
    return isReadOnly() || hint("idempotentHint");
  }

  public boolean isReadOnly() {
    return hint("readOnlyHint");
  }

  /**
   * The instance with the fewest calls waiting.
   *
   * @param exceptNode not on this member of the cluster, or null
   */
  public Optional<Replica> leastBusy(String exceptNode) {
    Replica best = null;
    for (var replica : replicas) {
      var excluded = replica.instance().node().equals(exceptNode);
      if (!excluded && (best == null || replica.inFlight() < best.inFlight())) {
        best = replica;
      }
    }
    return Optional.ofNullable(best);
  }

  private boolean hint(String name) {
    var hints = definition().getJsonObject("annotations");
    return hints != null && hints.getBoolean(name, false);
  }
}
