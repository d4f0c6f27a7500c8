package io.umbel.gateway.audit;

import java.time.Duration;

/**
 * How the record is kept.
 *
 * @param failClosed whether tools that change something are refused while it cannot be kept
 * @param queueRows how many rows may wait to be written; more are refused, and counted
 * @param batchRows how many are written at once
 * @param batchEvery how long a row waits for others
 */
public record AuditSettings(boolean failClosed, int queueRows, int batchRows, Duration batchEvery) {

  /** What is in force where nothing is configured. */
  public static final AuditSettings USUAL =
      new AuditSettings(true, 20_000, 500, Duration.ofMillis(100));

  /** The same with that answer to a record that cannot be kept. */
  public AuditSettings failingClosed(boolean closed) {
    return new AuditSettings(closed, queueRows, batchRows, batchEvery);
  }
}
