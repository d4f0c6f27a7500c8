package io.umbel.gateway.wire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Where messages to a client can go before the answer to its request, or without one: an event
 * stream over HTTP, lines over stdio. Nothing is sent until the first event, so that a plain answer
 * stays a plain answer.
 */
public interface EventSink {

  /** Takes nothing: the client cannot be told anything but the answer. */
  EventSink NONE = new Nowhere();

  /**
   * One event.
   *
   * @param name of it, or null for the usual one
   * @param id by which a client can come back for what follows, or null
   * @param retryMillis when a client that was hung up on may come back, or 0
   * @param data the message, or null for none
   */
  record Event(String name, String id, long retryMillis, Buffer data) {
    /** A message and nothing else. */
    public static Event of(Buffer message) {
      return new Event(null, null, 0, message);
    }
  }

  /** Whether events can be sent. */
  boolean isOpen();

  /** Whether an event has been sent, so that the answer must be one too. */
  boolean hasBegun();

  /** Begins the stream now, so that the client sees that it is there. */
  void start();

  /** Sends an event, the first one after whatever begins the stream. */
  void send(Event event);

  /** Ends the stream. */
  void end();

  /** The address of the client, or null where it has none. */
  String peer();

  /** Completes when the client is gone, or the stream has been ended. */
  Future<Void> closed();

  /** See {@link #NONE}. */
  final class Nowhere implements EventSink {
    @Override
    public String peer() {
      return null;
    }

    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public boolean hasBegun() {
      return false;
    }

    @Override
    public void start() {
      // There is nothing to begin.
    }

    @Override
    public void send(Event event) {
      // Nobody listens.
    }

    @Override
    public void end() {
      // It never began.
    }

    @Override
    public Future<Void> closed() {
      return Future.succeededFuture();
    }
  }
}
