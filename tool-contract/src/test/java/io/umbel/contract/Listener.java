package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A verticle that keeps a roster; a test asks it, one by one, for what the roster told. */
public final class Listener extends VerticleBase implements Roster.Watcher {

  /** Less than the time between two announcements: what is heard within it was asked for. */
  private static final long PATIENCE_MILLIS = 4_000;

  private final BlockingQueue<Announcement> arrivals = new LinkedBlockingQueue<>();
  private final BlockingQueue<Departure> departures = new LinkedBlockingQueue<>();
  private Roster roster;

  /** Who left, and why. */
  public record Departure(Announcement announcement, Roster.Leave why) {}

  @Override
  public Future<?> start() {
    roster = new Roster(vertx, this);
    return roster.open();
  }

  @Override
  public void here(Announcement announcement) {
    arrivals.add(announcement);
  }

  @Override
  public void gone(Announcement announcement, Roster.Leave why) {
    departures.add(new Departure(announcement, why));
  }

  /** The next announcement that was new. */
  public Announcement nextArrival() {
    return next(arrivals);
  }

  /** The next announcement of that provider that was new. */
  public Announcement nextArrivalOf(String provider) {
    var arrival = nextArrival();
    return arrival.instance().provider().equals(provider) ? arrival : nextArrivalOf(provider);
  }

  /** The next instance that left. */
  public Departure nextDeparture() {
    return next(departures);
  }

  /** The ids of the instances the roster holds now. */
  public List<String> present() {
    return ask(
        () -> roster.present().stream().map(one -> one.instance().id()).sorted().toList());
  }

  /** Tells the roster that nobody answers there. */
  public void findsUnreachable(String instance) {
    ask(() -> {
      roster.unreachable(instance);
      return null;
    });
  }

  private <T> T ask(java.util.function.Supplier<T> question) {
    var answer = Promise.<T>promise();
    context.runOnContext(turn -> answer.complete(question.get()));
    return answer.future().await();
  }

  private static <T> T next(BlockingQueue<T> queue) {
    try {
      var next = queue.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("Nothing was heard within " + PATIENCE_MILLIS + " ms");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while listening", e);
    }
  }
}
