package io.umbel.gateway.catalog;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something on offer: its definition and the live instances that answer for it.
 *
 * @param provider whose it is
 * @param name what it is called by: a tool's or prompt's name, a URI, a URI template
 * @param definition the MCP object, as announced
 * @param json its bytes, as lists carry them
 * @param terms what the gateway needs to know of it beside its definition
 * @param replicas the instances that announced exactly this
 */
public record Offer(
    String provider,
    String name,
    JsonObject definition,
    Buffer json,
    Terms terms,
    List<Replica> replicas) {

  /**
   * What is agreed beside a definition.
   *
   * @param tags what visibility rules and scopes go by
   * @param timeoutMillis how long one call may take
   * @param repeatable whether a call that may have been carried out can safely be made again
   */
  public record Terms(List<String> tags, long timeoutMillis, boolean repeatable) {}

  public String description() {
    return definition.getString("description", "");
  }

  public boolean isReadOnly() {
    return hints(definition, "readOnlyHint");
  }

  /** Whether a definition says so; what it is made of is its provider's affair. */
  static boolean hints(JsonObject definition, String name) {
    return definition.getValue("annotations") instanceof JsonObject hints
        && Boolean.TRUE.equals(hints.getValue(name));
  }

  /** Whether that instance announced the same. */
  boolean isSameAs(Offer other) {
    return definition.equals(other.definition) && terms.equals(other.terms);
  }

  /** Of the instances that are suitable, the one with the fewest calls waiting. */
  public Optional<Replica> leastBusy(Predicate<Replica> suitable) {
    Replica best = null;
    for (var replica : replicas) {
      if (suitable.test(replica) && (best == null || replica.inFlight() < best.inFlight())) {
        best = replica;
      }
    }
    return Optional.ofNullable(best);
  }
}
