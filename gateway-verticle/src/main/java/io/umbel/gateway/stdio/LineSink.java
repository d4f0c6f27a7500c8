package io.umbel.gateway.stdio;

import io.umbel.gateway.wire.EventSink;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Messages before the answer, as lines like any other. */
final class LineSink implements EventSink {

  private final LineWriter out;
  private boolean silent;
  private final Promise<Void> closed = Promise.promise();

  LineSink(LineWriter out) {
    this.out = out;
  }

  @Override
  public String peer() {
    return null;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** The answer is a line in any case. */
  @Override
  public boolean hasBegun() {
    return false;
  }

  @Override
  public void start() {
    // Lines can be written at any time.
  }

  @Override
  public void send(Event event) {
    if (!silent && event.data() != null && event.data().length() > 0) {
      out.write(event.data());
    }
  }

  /** The client has cancelled: it hears no more of this. */
  void silence() {
    silent = true;
  }

  @Override
  public void end() {
    closed.tryComplete();
  }

  @Override
  public Future<Void> closed() {
    return closed.future();
  }
}
