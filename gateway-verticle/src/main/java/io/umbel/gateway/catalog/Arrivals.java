package io.umbel.gateway.catalog;

import io.umbel.contract.Announcement;
import io.umbel.contract.ParkedCount;
import io.umbel.contract.Roster;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the catalog who comes and goes, and whoever waits for certain providers when they are here.
 */
public final class Arrivals implements Roster.Watcher {

  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  /** A gateway opens without a provider that has not come by then; it is not ready meanwhile. */
  private static final long OVERDUE_MILLIS = 2_000;

  private final Vertx vertx;
  private final Catalog catalog;
  private final ParkedNow parked;
  private final Set<String> awaited = new HashSet<>();
  private final Promise<Void> complete = Promise.promise();

  public Arrivals(Vertx vertx, Catalog catalog, ParkedNow parked) {
    this.vertx = vertx;
    this.catalog = catalog;
    this.parked = parked;
  }

  /** Completes when all of them have come, or are overdue. */
  public Future<Void> of(Set<String> providers) {
    awaited.addAll(providers);
    awaited.removeIf(catalog::hasProvider);
    if (awaited.isEmpty()) {
      return Future.succeededFuture();
    }
    var overdue = vertx.setTimer(OVERDUE_MILLIS, late -> giveUp());
    return complete.future().onComplete(done -> vertx.cancelTimer(overdue));
  }

  @Override
  public void here(Announcement announcement) {
    catalog.here(announcement);
    if (awaited.remove(announcement.instance().provider()) && awaited.isEmpty()) {
      complete.tryComplete();
    }
  }

  @Override
  public void gone(Announcement announcement, Roster.Leave why) {
    catalog.gone(announcement, why);
    parked.gone(announcement.instance());
  }

  @Override
  public void parked(Announcement announcement, ParkedCount count) {
    parked.are(announcement.instance(), count);
  }

  private void giveUp() {
    LOG.warn("Opening without {}: not heard of yet", awaited);
    complete.tryComplete();
  }
}
