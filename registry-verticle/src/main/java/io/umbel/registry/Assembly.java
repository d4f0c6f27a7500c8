package io.umbel.registry;

import io.umbel.contract.Announcement.Instance;
import io.umbel.registry.owner.RendezvousOwnership;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Puts together what a registry is made of. */
final class Assembly implements Parts.Maker {

  @Override
  public Future<Parts> make(Vertx vertx, RegistrySettings settings, Instance self) {
    var ownership = new RendezvousOwnership(vertx, self);
    return ownership
        .open()
        .map(open -> new Parts(null, null, null, ownership, List::of, Future::succeededFuture));
  }
}
