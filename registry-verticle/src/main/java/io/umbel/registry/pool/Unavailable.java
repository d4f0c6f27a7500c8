package io.umbel.registry.pool;

/** Why a server was not even asked. An answer: no stack trace. */
public final class Unavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** It failed too often, and is left alone for a while. */
    CIRCUIT_OPEN,
    /** It has all the requests it is allowed, and as many wait already. */
    FULL,
    /** No place at it came free in time. */
    LATE,
    /** This node ends. */
    LEAVING
  }

  private final Reason reason;
  private final long retryAfterMillis;

  Unavailable(Reason reason, long retryAfterMillis) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.retryAfterMillis = retryAfterMillis;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** When to try again, at the earliest. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }
}
