package io.umbel.contract;

/**
 * Why a tool's execution failed, as {@code structuredContent.error.code} says it to the agent.
 *
 * <p>{@link #INTERNAL} never carries a stack trace, SQL, a token or a URL with credentials.
 */
public enum ErrorCode {
  UNAUTHENTICATED,
  ACCESS_DENIED,
  NOT_FOUND,
  AMBIGUOUS,
  INVALID_ARGUMENT,
  CONFLICT,
  RATE_LIMITED(true),
  NOT_CONFIGURED,
  NOT_SUPPORTED,
  TOO_LARGE,
  UPSTREAM_ERROR(true),
  UPSTREAM_TIMEOUT(true),
  CIRCUIT_OPEN(true),
  APPROVAL_REQUIRED,
  APPROVAL_DECLINED,
  BUDGET_EXCEEDED,
  INTERNAL;

  private final boolean retryable;

  ErrorCode() {
    this(false);
  }

  ErrorCode(boolean retryable) {
    this.retryable = retryable;
  }

  /** The code of that name; one of a later version reads as {@link #INTERNAL}. */
  public static ErrorCode of(String name) {
    for (var code : values()) {
      if (code.name().equals(name)) {
        return code;
      }
    }
    return INTERNAL;
  }

  /** Whether the same call may well succeed a little later. */
  public boolean retryable() {
    return retryable;
  }
}
