package io.umbel.gateway.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.umbel.contract.Announcement.Instance;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One live instance of a provider as this gateway sees it: where it is, and what waits for it. Used
 * on the gateway's own thread only.
 */
public final class Replica {

  private final Instance instance;
  private final Set<Runnable> waiting = new HashSet<>();

  Replica(Instance instance) {
    this.instance = instance;
  }

  /** Of those that are suitable, the one with the fewest calls waiting. */
  static Optional<Replica> leastBusy(List<Replica> replicas, Predicate<Replica> suitable) {
    Replica best = null;
    for (var replica : replicas) {
      if (suitable.test(replica) && (best == null || replica.inFlight() < best.inFlight())) {
        best = replica;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Of these, the one with the highest hash together with that text: where one comes or goes, only
   * what is its own moves.
   *
   * @see <a href="https://en.wikipedia.org/wiki/Rendezvous_hashing">Rendezvous hashing</a>
   */
  static Replica chosenFor(String whose, List<Replica> replicas) {
    return Collections.max(
        replicas, Comparator.comparing(replica -> hash(replica.instance().id() + " " + whose)));
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  public Instance instance() {
    return instance;
  }

  /** How many calls wait for it. */
  public int inFlight() {
    return waiting.size();
  }

  /** Notes a call that waits; it is told if the instance is lost. */
  public void waits(Runnable onLost) {
    waiting.add(onLost);
  }

  /** The call waits no longer. */
  public void done(Runnable onLost) {
    waiting.remove(onLost);
  }

  /** Everything that waits for it is told at once that no answer will come. */
  public void lose() {
    List.copyOf(waiting).forEach(Runnable::run);
  }
}
