package io.umbel.gateway.wire;

import io.umbel.contract.Outcome;

/** What both eras do alike when something ends otherwise than with a result. */
public final class Outcomes {

  private Outcomes() {}

  /** A provider's protocol error as the exception that carries it. */
  public static McpException asMcp(Outcome.ProtocolError error) {
    return McpException.fromProvider(error.code(), error.message(), error.data());
  }

  /** Whatever went wrong, as an exception that can be answered with. */
  public static McpException asMcp(Throwable failure, McpRequest request) {
    return failure instanceof McpException known
        ? known
        : McpException.internal(request.exchange().correlationId());
  }
}
