package io.umbel.registry.server;

import io.umbel.storage.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Leads to a database, and can say nothing at all for a while, without ending. */
final class FreezableLine implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final List<NetSocket> ends = new CopyOnWriteArrayList<>();
  private final DatabaseUrl target;
  private final NetServer server;
  private volatile boolean frozen;

  FreezableLine(DatabaseUrl target) {
    this.target = target;
    this.server = vertx
        .createNetServer()
        .connectHandler(this::lead)
        .listen(0, "127.0.0.1")
        .await();
  }

  /** The same database at the other end. */
  DatabaseUrl url() {
    return new DatabaseUrl(
        "127.0.0.1", server.actualPort(), target.database(), target.user(), target.password());
  }

  void freeze() {
    frozen = true;
    ends.forEach(NetSocket::pause);
  }

  void thaw() {
    frozen = false;
    ends.forEach(NetSocket::resume);
  }

  private void lead(NetSocket near) {
    near.pause();
    vertx.createNetClient().connect(target.port(), target.host()).onSuccess(far -> {
      join(near, far);
      join(far, near);
    });
  }

  private void join(NetSocket from, NetSocket to) {
    ends.add(from);
    from.handler(to::write);
    from.closeHandler(end -> to.close());
    if (frozen) {
      from.pause();
    } else {
      from.resume();
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
