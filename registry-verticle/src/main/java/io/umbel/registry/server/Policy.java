package io.umbel.registry.server;

import java.time.Duration;
import java.util.Set;

/**
 * How a server is to be treated.
 *
 * @param active whether it is offered at all
 * @param trusted whether the operator believes what its tools say of themselves
 * @param enabledTools the only tools of it to offer, by its own names, or null for all
 * @param pinned whether a definition that changed stays hidden until it is approved
 * @param serveStale whether what it last offered stays listed while it does not answer
 * @param limits how long and how often
 */
public record Policy(
    boolean active,
    boolean trusted,
    Set<String> enabledTools,
    boolean pinned,
    boolean serveStale,
    Limits limits) {

  /**
   * How long and how often.
   *
   * @param timeout of one request
   * @param retries of reads, at most
   * @param concurrency requests at once from one node; further ones wait, as many again at most
   * @param threshold failures in a row that open the circuit
   * @param cooldown how long it stays open before it is tried
   */
  public record Limits(
      Duration timeout, int retries, int concurrency, int threshold, Duration cooldown) {

    /** 15 s, two retries, ten at once; open after three failures, for a minute. */
    public static final Limits USUAL =
        new Limits(Duration.ofSeconds(15), 2, 10, 3, Duration.ofSeconds(60));
  }

  /** Active, not trusted, all tools, pinned, stale tools listed. */
  public static final Policy USUAL = new Policy(true, false, null, true, true, Limits.USUAL);

  /** Whether it offers a tool of that name, where it has one. */
  public boolean enables(String tool) {
    return enabledTools == null || enabledTools.isEmpty() || enabledTools.contains(tool);
  }
}
