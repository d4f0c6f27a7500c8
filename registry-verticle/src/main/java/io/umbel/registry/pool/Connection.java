package io.umbel.registry.pool;

import io.umbel.registry.upstream.Upstream;
import io.vertx.core.Future;

/** One way to a server that is open, or about to be; shared by those with the same abilities. */
final class Connection {

  private final Future<Upstream> upstream;
  private int users;
  private long idleSince;
  private boolean retired;

  Connection(Future<Upstream> upstream) {
    this.upstream = upstream;
  }

  Future<Upstream> upstream() {
    return upstream;
  }

  void use() {
    users++;
  }

  void leave(long now) {
    users--;
    idleSince = now;
    closeIfRetired();
  }

  boolean isIdle() {
    return users == 0;
  }

  long idleSince() {
    return idleSince;
  }

  /** Takes nobody new; closed when the last one has left. */
  void retire() {
    retired = true;
    closeIfRetired();
  }

  /** Closed now, whoever uses it. One that is not open yet is closed as soon as it is. */
  Future<Void> close() {
    var closed = upstream.compose(Upstream::closeNow).otherwiseEmpty();
    return upstream.isComplete() ? closed : Future.succeededFuture();
  }

  private void closeIfRetired() {
    if (retired && users == 0) {
      upstream.onSuccess(Upstream::close);
    }
  }
}
