package io.umbel.contract;

import io.umbel.contract.Bus.Header;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Who is here: the provider instances heard of lately. Soft state, nothing shared: they announce
 * themselves, this listens, and forgets an instance at its goodbye, when its member leaves the
 * cluster, when nobody answers at its address, or after {@link #SILENCE}.
 *
 * <p>Belongs to the verticle that made it and is used on that verticle's thread only.
 */
public final class Roster {

  /** An instance that said nothing for this long is gone. */
  public static final Duration SILENCE = Duration.ofSeconds(15);

  /** How many calls of an instance wait for their users. */
  static final String PARKED = "parked";

  private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
  private static final long SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final Node node;
  private final SignedMessage signed;
  private final Watcher watcher;
  private final Map<String, Heard> heard = new HashMap<>();
  private long sweptAt = System.nanoTime();

  private record Heard(Buffer body, Announcement announcement, long at) {}

  /** Why an instance is no longer here. */
  public enum Leave {
    /** It said goodbye: it takes no new call and finishes those it has. */
    GOODBYE,
    /** Its member left the cluster: nothing it was asked will be answered. */
    NODE_LEFT,
    /** It has not announced itself for {@link #SILENCE}. */
    SILENT,
    /** The bus knows no handler at its address. */
    UNREACHABLE
  }

  /** What a roster tells. */
  public interface Watcher {
    /** An instance is new, or now announces something else. */
    void here(Announcement announcement);

    /** An instance is gone. */
    void gone(Announcement announcement, Leave why);

    /** How many calls of an instance that is here wait for their users; where that has changed. */
    default void parked(Announcement announcement, ParkedCount count) {}
  }

  public Roster(Vertx vertx, Watcher watcher) {
    this.vertx = vertx;
    this.node = Node.of(vertx);
    this.signed = new SignedMessage(node);
    this.watcher = watcher;
  }

  /** Begins to listen; completes once the whole cluster knows, after having called the roll. */
  public Future<Void> open() {
    MessageConsumer<Buffer> announcements = vertx.eventBus().consumer(Bus.ANNOUNCE, this::hear);
    vertx.eventBus().<String>localConsumer(Bus.NODE_LEFT, left -> forgetNode(left.body()));
    vertx.setPeriodic(SWEEP_MILLIS, tick -> forgetTheSilent());
    return announcements.completion().onSuccess(ready -> callTheRoll());
  }

  /** Asks every provider to announce itself. */
  public void callTheRoll() {
    signed.publish(vertx, Bus.ROLL_CALL, "roll-call", node.id(), Buffer.buffer());
  }

  /** Whoever is here now. */
  public Collection<Announcement> present() {
    return heard.values().stream().map(Heard::announcement).toList();
  }

  /** Nobody answers at this instance's address. */
  public void unreachable(String instance) {
    forget(instance, Leave.UNREACHABLE);
  }

  private void hear(Message<Buffer> message) {
    if (!signed.isGenuine(message)) {
      LOG.warn("Ignored an announcement that was not signed with this cluster's secret");
      return;
    }
    var instance = message.headers().get(Header.INSTANCE);
    switch (message.headers().get(Header.OP)) {
      case "announce" -> remember(instance, message.body());
      case PARKED -> parked(instance, message.body());
      case "goodbye" -> forget(instance, Leave.GOODBYE);
      default -> {} // a word of a later version
    }
  }

  private void remember(String instance, Buffer body) {
    var now = node.clock().millis();
    var known = heard.get(instance);
    if (known != null && body.equals(known.body())) {
      heard.put(instance, new Heard(body, known.announcement(), now));
      return;
    }
    read(instance, body).ifPresent(announcement -> {
      heard.put(instance, new Heard(body, announcement, now));
      watcher.here(announcement);
    });
  }

  private void parked(String instance, Buffer body) {
    var known = heard.get(instance);
    if (known == null) {
      return;
    }
    try {
      watcher.parked(known.announcement(), ParkedCount.fromBuffer(body));
    } catch (DecodeException | ClassCastException e) {
      LOG.warn("Ignored what {} says of its parked calls: {}", instance, e.getMessage());
    }
  }

  private static Optional<Announcement> read(String instance, Buffer body) {
    try {
      return Optional.of(Announcement.fromBuffer(body));
    } catch (IllegalArgumentException e) {
      LOG.warn("Ignored what {} says: {}", instance, e.getMessage());
      return Optional.empty();
    }
  }

  private void forgetNode(String nodeId) {
    forgetAll(known -> known.announcement().instance().node().equals(nodeId), Leave.NODE_LEFT);
  }

  private void forgetTheSilent() {
    excuseOwnPause();
    var oldest = node.clock().millis() - SILENCE.toMillis();
    forgetAll(known -> known.at() < oldest, Leave.SILENT);
  }

  /** What could not be heard because this process stood still is nobody's silence. */
  private void excuseOwnPause() {
    var now = System.nanoTime();
    var pause = (now - sweptAt) / 1_000_000 - SWEEP_MILLIS;
    sweptAt = now;
    if (pause > SWEEP_MILLIS) {
      heard.replaceAll(
          (id, known) -> new Heard(known.body(), known.announcement(), known.at() + pause));
    }
  }

  private void forgetAll(Predicate<Heard> which, Leave why) {
    List<String> leaving = heard.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
    leaving.forEach(instance -> forget(instance, why));
  }

  private void forget(String instance, Leave why) {
    var known = heard.remove(instance);
    if (known != null) {
      LOG.atLevel(isOwnFarewell(known.announcement(), why) ? Level.DEBUG : Level.INFO)
          .log("{} is gone: {}", instance, why);
      watcher.gone(known.announcement(), why);
    }
  }

  /** Whoever stops this very node knows. */
  private boolean isOwnFarewell(Announcement announcement, Leave why) {
    return why == Leave.GOODBYE && announcement.instance().node().equals(node.id());
  }
}
