package io.umbel.contract;

import io.vertx.core.json.JsonObject;

/**
 * What a tool of another provider said instead of a result. Left alone, it is the answer of the
 * call that asked. Final, and without a stack: it is an answer, not a bug.
 */
public final class ToolFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient JsonObject details;

  /**
   * One of those.
   *
   * @param message what is wrong and what to do, in one sentence; it is shown as it is
   * @param details more facts, or null
   */
  public ToolFailure(ErrorCode code, String message, JsonObject details) {
    super(message, null, false, false);
    this.code = code;
    this.details = details;
  }

  /** Why the tool failed. */
  public ErrorCode code() {
    return code;
  }

  /** The same as an answer of one's own. */
  public ToolResult toResult() {
    var result = ToolResult.failure(code, getMessage());
    return details == null ? result : result.details(details);
  }

  static ToolFailure nobody(String provider) {
    var text = "No node runs %s at the moment; try again shortly";
    return new ToolFailure(ErrorCode.UPSTREAM_ERROR, text.formatted(provider), null);
  }

  static ToolFailure lost(String what) {
    var text = "The node that ran %s is gone; whether the call took effect is not known";
    return new ToolFailure(ErrorCode.UPSTREAM_ERROR, text.formatted(what), null);
  }

  static ToolFailure late(String what, long millis) {
    var text = "%s did not answer within %d ms";
    return new ToolFailure(ErrorCode.UPSTREAM_TIMEOUT, text.formatted(what, millis), null);
  }
}
