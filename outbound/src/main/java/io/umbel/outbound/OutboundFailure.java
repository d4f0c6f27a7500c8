package io.umbel.outbound;

/** Why a server gave no answer. Its text is for whoever named the server; no secret, no stack. */
public final class OutboundFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Reason {
    /** The operator's rules forbid to go there. */
    FORBIDDEN,
    /** No connection, or it broke. */
    UNREACHABLE,
    /** No answer in time. */
    TIMEOUT,
    /** It says more than is taken. */
    TOO_LARGE,
    /** What it says is not what was asked for. */
    BROKEN
  }

  private final Reason reason;
  private final boolean delivered;

  /**
   * A failure.
   *
   * @param text what went wrong; ends without a full stop
   * @param delivered whether the request may have been carried out
   */
  public OutboundFailure(Reason reason, String text, boolean delivered) {
    super(text, null, false, false);
    this.reason = reason;
    this.delivered = delivered;
  }

  /** A failure before anything was sent. */
  public OutboundFailure(Reason reason, String text) {
    this(reason, text, false);
  }

  /** What kind of trouble it is. */
  public Reason reason() {
    return reason;
  }

  /** Whether the request may have been carried out. */
  public boolean delivered() {
    return delivered;
  }
}
