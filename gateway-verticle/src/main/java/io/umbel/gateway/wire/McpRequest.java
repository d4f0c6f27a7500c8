package io.umbel.gateway.wire;

import io.umbel.contract.Caller;
import io.vertx.core.buffer.Buffer;

/**
 * One request of a client whose era has been settled: what follows needs to know of no era.
 *
 * @param method what is asked
 * @param envelope the message
 * @param params its params as a stateless client would send them
 * @param exchange around what it is asked
 */
public record McpRequest(McpMethod method, Envelope envelope, Buffer params, Exchange exchange) {

  /**
   * What surrounds one request.
   *
   * @param caller who asks
   * @param correlationId what logs and errors call it
   * @param cancellation whether the client still waits
   */
  public record Exchange(Caller caller, String correlationId, Cancellation cancellation) {}

  public Caller caller() {
    return exchange.caller();
  }

  /** The members of params that the gateway looks at. */
  public Envelope.Facts facts() {
    return envelope.params().facts();
  }
}
