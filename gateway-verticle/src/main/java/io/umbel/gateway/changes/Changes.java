package io.umbel.gateway.changes;

import io.umbel.contract.Bus;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
  private final SignedMessage signed;
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private final Set<String> lists = new LinkedHashSet<>();
  private final Promise<Void> closing = Promise.promise();

  /** A stream that wants to hear of changes. */
  public interface Watcher {
    /** A list has changed; named by the method of its notification. */
    void listChanged(String notification);

    /**
     * A resource has changed.
     *
     * @param account whose it is, or null where it is everyone's
     */
    void resourceChanged(String uri, String account);
  }

  public Changes(Vertx vertx, Catalog catalog) {
    this.vertx = vertx;
    this.signed = new SignedMessage(Node.of(vertx));
    catalog.onChange(this::note);
  }

  /** Begins to hear of resources. */
  public Future<Void> open() {
    MessageConsumer<Buffer> changed = vertx.eventBus().consumer(Bus.CHANGED, this::hear);
    return changed.completion();
  }

  /** Completes when this gateway stops: streams then end in good order. */
  public Future<Void> whenClosing() {
    return closing.future();
  }

  /** This gateway stops. */
  public void close() {
    closing.tryComplete();
  }

  public void add(Watcher watcher) {
    watchers.add(watcher);
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
        var uri = what.getString("uri");
        List.copyOf(watchers).forEach(each -> each.resourceChanged(uri, what.getString("account")));
      }
    } catch (DecodeException | ClassCastException e) {
      // Not a change that can be told.
    }
  }
}
