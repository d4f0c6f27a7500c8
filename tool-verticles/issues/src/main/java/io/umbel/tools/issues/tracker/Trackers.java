package io.umbel.tools.issues.tracker;

import io.umbel.outbound.Outbound;
import io.umbel.tools.issues.tracker.Tracker.Verdict;
import io.umbel.tools.issues.tracker.TrackerWeb.Pace;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The kinds of trackers that there are, and trackers of these kinds. */
public final class Trackers {

  /** The kind that needs no other server. */
  public static final String LOCAL = "local";

  /** The kinds on other servers that this version has. */
  public static final List<RemoteKind> REMOTE = Kinds.ALL;

  private final Vertx vertx;
  private final Outbound outbound;
  private final Pace pace;
  private final Map<String, RemoteKind> remotes = new TreeMap<>();

  /** Trackers that are reached that way. */
  public Trackers(Vertx vertx, Outbound outbound, Pace pace, Collection<RemoteKind> remotes) {
    this.vertx = vertx;
    this.outbound = outbound;
    this.pace = pace;
    remotes.forEach(kind -> this.remotes.put(kind.type(), kind));
  }

  /** The words of all kinds, in order. */
  public Collection<String> types() {
    var types = new TreeSet<>(remotes.keySet());
    types.add(LOCAL);
    return types;
  }

  /** The kind of that word, if it is one on another server. */
  public Optional<RemoteKind> remote(String type) {
    return Optional.ofNullable(remotes.get(String.valueOf(type)));
  }

  /** Where trackers may be. */
  public Outbound outbound() {
    return outbound;
  }

  /**
   * The tracker at the other end of a connection.
   *
   * @param type a kind that {@link #remote} knows
   * @param refused hears that it does not take the credentials
   */
  public Remote of(String type, Connection connection, Consumer<Verdict> refused) {
    var web = new TrackerWeb(vertx, outbound, connection.name(), pace, refused);
    return remotes.get(type).maker().apply(connection, web);
  }

  /**
   * A tracker that is kept here.
   *
   * @param transaction in which what is written is kept; its issues are counted there
   */
  public static Tracker local(SqlClient transaction) {
    return new LocalTracker(transaction);
  }
}
