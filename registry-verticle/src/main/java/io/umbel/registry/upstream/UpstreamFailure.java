package io.umbel.registry.upstream;

/** Why a server gave no answer. An answer about the hop, with no secret in it; no stack trace. */
public final class UpstreamFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Reason {
    /** No connection, or it broke. */
    UNREACHABLE,
    /** No answer in time. */
    TIMEOUT,
    /** It does not take our credentials, or there are none to be had. */
    CREDENTIALS,
    /** What it says is no MCP. */
    GARBAGE,
    /** It says more than is taken. */
    TOO_LARGE,
    /** The operator's rules forbid to go there. */
    FORBIDDEN,
    /** It answered with this status: too many requests, or trouble of its own. */
    OVERLOADED,
    /** Nobody waits any longer. */
    CANCELLED,
    /** Its process runs, or is about to, and has not told of itself yet; nothing was asked. */
    STARTING
  }

  private final Reason reason;
  private final boolean delivered;
  private final long retryAfterMillis;

  /**
   * A failure.
   *
   * @param text what went wrong, for the server's owner; ends without a full stop
   * @param delivered whether the request may have been carried out
   */
  public UpstreamFailure(Reason reason, String text, boolean delivered) {
    this(reason, text, delivered, 0);
  }

  /**
   * A failure after which to wait.
   *
   * @param retryAfterMillis what the server asked for, or 0
   */
  public UpstreamFailure(Reason reason, String text, boolean delivered, long retryAfterMillis) {
    super(text, null, false, false);
    this.reason = reason;
    this.delivered = delivered;
    this.retryAfterMillis = retryAfterMillis;
  }

  /** What kind of trouble it is. */
  public Reason reason() {
    return reason;
  }

  /** Whether the request may have been carried out. */
  public boolean delivered() {
    return delivered;
  }

  /** How long the server asked to be left alone, or 0. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }

  /** A question of the server that nobody answers: what to tell it. */
  public static final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final int code;

    /** The JSON-RPC error that the server gets. */
    public NoAnswer(int code, String message) {
      super(message, null, false, false);
      this.code = code;
    }

    /** Of JSON-RPC. */
    public int code() {
      return code;
    }
  }
}
