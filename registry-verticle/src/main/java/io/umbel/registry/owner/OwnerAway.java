package io.umbel.registry.owner;

import io.umbel.contract.ErrorCode;

/** The instance that was asked gives no answer. Final, and without a stack: it is an answer. */
public final class OwnerAway extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** How it is away. */
  enum Way {
    /** It never heard of it, or did nothing. */
    UNDELIVERED,
    /** Its node left: what it did is not known. */
    LOST,
    /** It did not answer in time. */
    LATE
  }

  private final Way way;

  OwnerAway(Way way, String text) {
    super(text, null, false, false);
    this.way = way;
  }

  Way way() {
    return way;
  }

  /** What to call it in an answer. */
  public ErrorCode code() {
    return way == Way.LATE ? ErrorCode.UPSTREAM_TIMEOUT : ErrorCode.UPSTREAM_ERROR;
  }
}
