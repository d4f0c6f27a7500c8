package io.umbel.gateway.legacy;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.gateway.wire.EventSink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/** A client that reads by another gateway: events go there over the bus. */
final class RemoteSink implements EventSink {

  private static final String ID = "event-id";
  private static final String RETRY = "event-retry";
  private static final String END = "event-end";

  private final Vertx vertx;
  private final String address;
  private final String node;
  private final String visitor;
  private final Promise<Void> closed = Promise.promise();

  /**
   * The way to a client.
   *
   * @param address of the gateway it reads by
   * @param node that gateway's
   * @param visitor the client's name there
   */
  RemoteSink(Vertx vertx, String address, String node, String visitor) {
    this.vertx = vertx;
    this.address = address;
    this.node = node;
    this.visitor = visitor;
  }

  /** Does to the client's own sink what was done to such a one. */
  static void replay(Message<Buffer> message, EventSink sink) {
    var headers = message.headers();
    if (headers.contains(END)) {
      sink.end();
    } else {
      var retry = Long.parseLong(headers.get(RETRY));
      sink.send(new Event(null, headers.get(ID), retry, message.body()));
    }
  }

  /** The client, or its gateway, is gone. */
  void leave() {
    closed.tryComplete();
  }

  boolean isAt(String otherNode) {
    return node.equals(otherNode);
  }

  @Override
  public String peer() {
    return null;
  }

  @Override
  public boolean isOpen() {
    return !closed.future().isComplete();
  }

  @Override
  public boolean hasBegun() {
    return true;
  }

  @Override
  public void start() {
    // The client's own sink has begun where it is.
  }

  @Override
  public void send(Event event) {
    var options = options().addHeader(RETRY, Long.toString(event.retryMillis()));
    if (event.id() != null) {
      options.addHeader(ID, event.id());
    }
    vertx.eventBus().send(address, event.data() == null ? Buffer.buffer() : event.data(), options);
  }

  @Override
  public void end() {
    if (closed.tryComplete()) {
      vertx.eventBus().send(address, Buffer.buffer(), options().addHeader(END, "true"));
    }
  }

  @Override
  public Future<Void> closed() {
    return closed.future();
  }

  private DeliveryOptions options() {
    return new DeliveryOptions()
        .addHeader(Header.OP, Op.DELIVER.word())
        .addHeader(Header.CALL, visitor);
  }
}
