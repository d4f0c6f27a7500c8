package io.umbel.registry.owner;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Roster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Each server belongs to the instance with the highest score for it (rendezvous hashing): one that
 * comes or goes moves only what it gains or had. Instances that hear of the same others agree; for
 * the moment in which they do not, whoever must be alone takes a lock beside this.
 *
 * <p>Belongs to the verticle that made it and is used on that verticle's thread only.
 */
public final class RendezvousOwnership implements Ownership {

  private final Instance self;
  private final Roster roster;
  private final Map<String, Instance> here = new HashMap<>();
  private final List<Runnable> watchers = new ArrayList<>();

  /** @param self the instance that this is asked by; counted until it says goodbye */
  public RendezvousOwnership(Vertx vertx, Instance self) {
    this.self = self;
    this.roster = new Roster(vertx, new Peers());
    here.put(self.id(), self);
  }

  /** Begins to listen for the other instances. */
  public Future<Void> open() {
    return roster.open();
  }

  /** Every instance that is heard of, of whatever provider. */
  public Collection<Announcement> present() {
    return roster.present();
  }

  @Override
  public boolean isMine(UUID server) {
    return ownerOf(server).id().equals(self.id());
  }

  @Override
  public Instance ownerOf(UUID server) {
    Instance owner = null;
    long highest = 0;
    for (var candidate : here.values()) {
      var score = score(server, candidate.id());
      if (owner == null || wins(score, candidate, highest, owner)) {
        owner = candidate;
        highest = score;
      }
    }
    return owner == null ? self : owner;
  }

  @Override
  public Collection<Instance> others() {
    return here.values().stream()
        .filter(instance -> !instance.id().equals(self.id()))
        .toList();
  }

  @Override
  public void onChange(Runnable watcher) {
    watchers.add(watcher);
  }

  @Override
  public void unreachable(Instance instance) {
    roster.unreachable(instance.id());
  }

  private static boolean wins(long score, Instance candidate, long highest, Instance owner) {
    var order = Long.compareUnsigned(score, highest);
    return order > 0 || (order == 0 && candidate.id().compareTo(owner.id()) > 0);
  }

  /** The same on every node and in every version. */
  private static long score(UUID server, String instance) {
    var hash = 0xcbf29ce484222325L; // FNV-1a, then stirred, since it spreads short texts badly
    for (var i = 0; i < instance.length(); i++) {
      hash = (hash ^ instance.charAt(i)) * 0x100000001b3L;
    }
    return stirred(
        stirred(hash ^ server.getMostSignificantBits()) ^ server.getLeastSignificantBits());
  }

  /** The finalizer of MurmurHash3. */
  private static long stirred(long bits) {
    var once = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    var twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return twice ^ (twice >>> 33);
  }

  private final class Peers implements Roster.Watcher {

    @Override
    public void here(Announcement announcement) {
      var instance = announcement.instance();
      if (instance.provider().equals(self.provider())
          && !instance.id().equals(self.id())
          && !instance.equals(here.put(instance.id(), instance))) {
        watchers.forEach(Runnable::run);
      }
    }

    @Override
    public void gone(Announcement announcement, Roster.Leave why) {
      var id = announcement.instance().id();
      var leaves = !id.equals(self.id()) || why == Roster.Leave.GOODBYE;
      if (leaves && here.remove(id) != null) {
        watchers.forEach(Runnable::run);
      }
    }
  }
}
