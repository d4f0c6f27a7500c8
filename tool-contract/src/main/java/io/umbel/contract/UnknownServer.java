package io.umbel.contract;

/**
 * Says of a caller that is narrowed to one server, see {@link Reach#server}, that there is none of
 * that name for it. Final, and without a stack: it is an answer.
 */
public final class UnknownServer extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int CODE = -32602;
  private static final String TEXT = "Unknown server: ";

  public UnknownServer(String namespace) {
    super(TEXT + namespace, null, false, false);
  }

  /** Whether a provider answered with this. */
  public static boolean isSaidBy(Outcome.ProtocolError error) {
    return error.code() == CODE && String.valueOf(error.message()).startsWith(TEXT);
  }

  Outcome outcome() {
    return new Outcome.ProtocolError(CODE, getMessage(), null);
  }
}
