package io.umbel.gateway.changes;

import io.umbel.contract.Bus;
import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.contract.Provider;
import io.umbel.contract.SignedMessage;
import io.umbel.gateway.catalog.Windows;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells the streams of this gateway instance what has changed: a list, since what their caller may
 * see is another now; a resource, since its provider says so to everyone. Each change reaches each
 * stream that it concerns once, and no other; several within a moment are told as one.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class Changes {

  private static final long MOMENT_MILLIS = 50;

  private final Vertx vertx;
  private final SignedMessage signed;
  private final Windows windows;
  private final Map<Caller, Audience> audiences = new HashMap<>();
  private final WatchedResources watched;
  private final long watchMillis;
  private boolean due;
  private boolean closed;

  /** A stream that wants to hear of changes. */
  public interface Watcher {
    /** Whose it is. */
    Caller caller();

    /** The URIs of the resources that it wants to hear of. */
    Set<String> resources();

    /** A list has changed; named by the method of its notification. */
    void listChanged(String notification);

    /** A resource that its caller may read has changed. */
    void resourceChanged(String uri);

    /** This gateway stops: the stream is to end in good order. */
    void closing();
  }

  public Changes(Vertx vertx, Windows windows) {
    this(vertx, windows, Provider.WATCH_MILLIS);
  }

  /**
   * One that says what is watched so often.
   *
   * @param watchMillis between two times
   */
  Changes(Vertx vertx, Windows windows, long watchMillis) {
    this.watchMillis = watchMillis;
    this.watched = new WatchedResources(vertx, windows);
    this.vertx = vertx;
    this.windows = windows;
    this.signed = new SignedMessage(Node.of(vertx));
    windows.onChange(this::note);
  }

  /** Begins to hear of resources and of what providers have for their callers. */
  public Future<Void> open() {
    vertx.setPeriodic(watchMillis, tick -> tellWatched());
    MessageConsumer<Buffer> changed = vertx.eventBus().consumer(Bus.CHANGED, this::hear);
    return changed.completion();
  }

  /** This gateway stops: every stream ends in good order. */
  public void close() {
    closed = true;
    List.copyOf(audiences.values()).forEach(Audience::closing);
  }

  public void add(Watcher watcher) {
    audiences
        .computeIfAbsent(watcher.caller(), caller -> new Audience(vertx, windows, caller))
        .add(watcher);
    watched.tell(watcher.caller(), watcher.resources());
    if (closed) {
      watcher.closing();
    }
  }

  /** A stream of that caller wants to hear of that resource too, from now on. */
  public void watches(Caller caller, String uri) {
    watched.tell(caller, Set.of(uri));
  }

  /** One caller's after another's, so that nothing else waits for all of them. */
  private void tellWatched() {
    audiences.forEach((caller, audience) -> {
      var uris = audience.resources();
      if (!uris.isEmpty()) {
        vertx.runOnContext(next -> watched.tell(caller, uris));
      }
    });
  }

  public void remove(Watcher watcher) {
    audiences.computeIfPresent(
        watcher.caller(), (caller, audience) -> audience.remove(watcher) ? null : audience);
  }

  /** How many streams there are. */
  public int size() {
    return audiences.values().stream().mapToInt(Audience::size).sum();
  }

  private void note(Predicate<Caller> whose) {
    var concerned = false;
    for (var audience : audiences.values()) {
      concerned |= audience.isConcerned(whose);
    }
    if (concerned && !due) {
      due = true;
      vertx.setTimer(MOMENT_MILLIS, passed -> tellLists());
    }
  }

  private void tellLists() {
    due = false;
    List.copyOf(audiences.values()).forEach(Audience::look);
  }

  private void hear(Message<Buffer> message) {
    if (!signed.isGenuine(message)) {
      return;
    }
    try {
      hear(message.body().toJsonObject());
    } catch (DecodeException | ClassCastException e) {
      // Not a change that can be told.
    }
  }

  private void hear(JsonObject what) {
    var account = what.getString("account");
    var kind = what.getString("kind");
    if ("resource".equals(kind)) {
      var uri = what.getString("uri");
      List.copyOf(audiences.values()).forEach(each -> each.resourceChanged(uri, account));
    } else if ("provision".equals(kind) && what.getString("provider") != null) {
      windows.provisionChanged(what.getString("provider"), account);
    }
  }
}
