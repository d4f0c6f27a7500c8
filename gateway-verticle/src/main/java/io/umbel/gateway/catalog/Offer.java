package io.umbel.gateway.catalog;

import io.umbel.gateway.access.Scoping;
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
 * @param json its bytes, as lists carry them: without arguments that the caller's token says
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
   * @param cacheMillis how long a result may be kept for the same caller and arguments, or 0
   * @param perCaller whether it is one caller's own, rather than everyone's
   * @param scoping how it depends on project and agent
   */
  public record Terms(
      List<String> tags,
      long timeoutMillis,
      boolean repeatable,
      long cacheMillis,
      boolean perCaller,
      Scoping scoping) {
    /** Everyone's, whatever the project. */
    public Terms(List<String> tags, long timeoutMillis, boolean repeatable, long cacheMillis) {
      this(tags, timeoutMillis, repeatable, cacheMillis, false, Scoping.NONE);
    }
  }

  public String description() {
    return definition.getString("description", "");
  }

  /** Whether it changes nothing, as far as who says so is believed. */
  public boolean isReadOnly() {
    return isBelieved(terms.tags()) && hints(definition, "readOnlyHint");
  }

  /** Servers of others may say of their tools what they like; the operator says whom to trust. */
  static boolean isBelieved(List<String> tags) {
    return !tags.contains("upstream") || tags.contains("trusted");
  }

  /** Whether a tool says that of itself; what other servers write there may be anything. */
  static boolean hints(JsonObject definition, String hint) {
    return definition.getValue("annotations") instanceof JsonObject hints
        && Boolean.TRUE.equals(hints.getValue(hint));
  }

  /** The version of its provider. */
  public String version() {
    return replicas.get(0).instance().version();
  }

  /** Whether that instance announced the same. */
  public boolean isSameAs(Offer other) {
    return definition.equals(other.definition) && terms.equals(other.terms);
  }

  /** Of the instances that are suitable, the one with the fewest calls waiting. */
  public Optional<Replica> leastBusy(Predicate<Replica> suitable) {
    return Replica.leastBusy(replicas, suitable);
  }

  /**
   * Of the instances, the one that looks after what is that account's: for all gateways the same.
   */
  public Replica answeringFor(String account) {
    return Replica.chosenFor(account, replicas);
  }

  /** The same in other bytes. */
  Offer shownAs(Buffer other) {
    return new Offer(provider, name, definition, other, terms, replicas);
  }

  /** The same under another name. */
  Offer called(String other) {
    return other.equals(name)
        ? this
        : new Offer(provider, other, definition, json, terms, replicas);
  }

  /** The same, answered for by others. */
  Offer answeredBy(List<Replica> others) {
    return new Offer(provider, name, definition, json, terms, others);
  }
}
