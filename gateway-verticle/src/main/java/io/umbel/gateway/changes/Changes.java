package io.umbel.gateway.changes;

import io.umbel.contract.Bus;
import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the streams of this gateway instance what has changed: a list, since the catalog is another
 * now; a resource, since its provider says so to everyone. Each change reaches each interested
 * stream once; several within a moment are told as one.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
public final class Changes {

  private static final long MOMENT_MILLIS = 50;

  private final Vertx vertx;
  private final Catalog catalog;
  private final SignedMessage signed;
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private final Set<String> lists = new LinkedHashSet<>();
  private boolean closed;

  /** A stream that wants to hear of changes. */
  public interface Watcher {
    /** A list has changed; named by the method of its notification. */
    void listChanged(String notification);

    /** Whose stream it is: what this caller cannot read is not told. */
    Caller caller();

    /** Whether it wants to hear of that resource. */
    boolean watches(String uri);

    /** A resource that it watches has changed. */
    void resourceChanged(String uri);

    /** This gateway stops: the stream is to end in good order. */
    void closing();
  }

  public Changes(Vertx vertx, Catalog catalog) {
    this.vertx = vertx;
    this.catalog = catalog;
    this.signed = new SignedMessage(Node.of(vertx));
  }

  /** Begins to tell of lists: what was there when this gateway began is no change to anybody. */
  public void watchLists() {
    catalog.onChange(this::note);
  }

  /** Begins to hear of resources. */
  public Future<Void> open() {
    MessageConsumer<Buffer> changed = vertx.eventBus().consumer(Bus.CHANGED, this::hear);
    return changed.completion();
  }

  /** This gateway stops: every stream ends in good order. */
  public void close() {
    closed = true;
    List.copyOf(watchers).forEach(Watcher::closing);
  }

  public void add(Watcher watcher) {
    watchers.add(watcher);
    if (closed) {
      watcher.closing();
    }
  }

  public void remove(Watcher watcher) {
    watchers.remove(watcher);
  }

  /** How many streams there are. */
  public int size() {
    return watchers.size();
  }

  /** Whoever comes within the moment sees the list as it is now, and need not be told. */
  private void note(Kind kind) {
    if (watchers.isEmpty()) {
      return;
    }
    if (lists.isEmpty()) {
      vertx.setTimer(MOMENT_MILLIS, passed -> tellLists());
    }
    lists.add(kind.changed());
  }

  private void tellLists() {
    var changed = List.copyOf(lists);
    lists.clear();
    for (var watcher : List.copyOf(watchers)) {
      changed.forEach(watcher::listChanged);
    }
  }

  private void hear(Message<Buffer> message) {
    if (!signed.isGenuine(message)) {
      return;
    }
    try {
      var what = message.body().toJsonObject();
      if ("resource".equals(what.getString("kind"))) {
        tellResource(what.getString("uri"), what.getString("account"));
      }
    } catch (DecodeException | ClassCastException e) {
      // Not a change that can be told.
    }
  }

  private void tellResource(String uri, String account) {
    for (var watcher : List.copyOf(watchers)) {
      var concerned = account == null || account.equals(watcher.caller().account());
      if (concerned && watcher.watches(uri) && isReadable(uri, watcher.caller())) {
        watcher.resourceChanged(uri);
      }
    }
  }

  /** What is hidden and what does not exist are alike: nothing is told of either. */
  private boolean isReadable(String uri, Caller caller) {
    return catalog.findResource(uri, caller).isPresent();
  }
}
