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
   * @param origin who asks, and from where
   * @param cancellation whether the client still waits
   * @param sink where messages to the client can go before the answer
   * @param notices how they go there
   * @param progress how far it has come, as the client was told
   */
  public record Exchange(
      Origin origin, Cancellation cancellation, EventSink sink, Notices notices, Rising progress) {

    /** An exchange whose notices go straight to the sink. */
    public static Exchange of(Origin origin, EventSink sink) {
      Notices straight = message -> sink.send(EventSink.Event.of(message));
      return new Exchange(origin, new Cancellation(), sink, straight, new Rising());
    }

    public Caller caller() {
      return origin.caller();
    }

    public String correlationId() {
      return origin.correlationId();
    }

    /** The same with notices that go another way. */
    public Exchange noticing(Notices other) {
      return new Exchange(origin, cancellation, sink, other, progress);
    }

    /** The same for a request that the client has given up. */
    public Exchange givenUp() {
      var over = new Cancellation();
      over.cancel();
      return new Exchange(origin, over, sink, notices, progress);
    }
  }

  /**
   * Where a request comes from.
   *
   * @param caller who asks
   * @param address the network address that it comes from, or a name of what there is instead
   * @param correlationId what logs and errors call it
   */
  public record Origin(Caller caller, String address, String correlationId) {}

  /** Takes messages that go to the client before the answer to its request. */
  public interface Notices {
    /** A client that can be told nothing. */
    Notices NONE = message -> {};

    /** Sends a JSON-RPC message. */
    void send(Buffer message);

    /** Lets the client hang up and come back for the rest, where its era knows such a thing. */
    default void pause() {}
  }

  /** The same request, come back with answers to what it was asked. */
  public McpRequest continued(Buffer newParams, Envelope.Continued answers) {
    var old = facts();
    var facts = new Envelope.Facts(
        old.name(), old.uri(), old.cursor(), old.arguments(), old.requestId(), answers);
    var whole =
        new Envelope.Params(envelope.params().json(), facts, envelope.params().meta());
    var again = new Envelope(envelope.kind(), envelope.id(), envelope.method(), whole);
    return new McpRequest(method, again, newParams, exchange);
  }

  /** The same request with something else around it. */
  public McpRequest with(Exchange other) {
    return new McpRequest(method, envelope, params, other);
  }

  /** The same request with other params for its provider; what was read of them stays. */
  public McpRequest with(Buffer otherParams) {
    return otherParams == params ? this : new McpRequest(method, envelope, otherParams, exchange);
  }

  public Caller caller() {
    return exchange.caller();
  }

  /** The members of params that the gateway looks at. */
  public Envelope.Facts facts() {
    return envelope.params().facts();
  }
}
