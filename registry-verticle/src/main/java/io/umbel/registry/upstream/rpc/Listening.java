package io.umbel.registry.upstream.rpc;

import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Notices;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The stream of notices of a server without sessions. Where other resources are to be watched, a
 * new one takes its place; one that breaks is opened again, later each time.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">
 *     Subscriptions</a>
 */
final class Listening {

  private static final List<String> LISTS = List.of("tools", "prompts", "resources");
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private final Vertx vertx;
  private final Peer peer;
  private final Self self;
  private final JsonObject capabilities;
  private final Set<String> watched = new LinkedHashSet<>();
  private Notices notices;
  private final Set<Stream> streams = new LinkedHashSet<>();
  private Stream current;
  private long pause = FIRST_PAUSE_MILLIS;
  private boolean missed;
  private boolean ended;

  Listening(Vertx vertx, Peer peer, Self self, JsonObject capabilities) {
    this.vertx = vertx;
    this.peer = peer;
    this.self = self;
    this.capabilities = capabilities;
  }

  /** One stream, from the request on. */
  private static final class Stream implements Notification.Acknowledged {

    private final Promise<Void> begun = Promise.promise();
    private final Promise<Void> cancelled = Promise.promise();
    private final Consumer<Stream> first;

    Stream(Consumer<Stream> first) {
      this.first = first;
    }

    @Override
    public void acknowledged(JsonObject notifications) {
      first.accept(this);
      begun.tryComplete();
    }

    @Override
    public void progress(JsonObject params) {}

    @Override
    public void log(JsonObject params) {}

    @Override
    public Future<JsonObject> asked(String method, JsonObject params) {
      return Future.failedFuture("nobody is there to ask");
    }

    @Override
    public Future<Void> cancelled() {
      return cancelled.future();
    }
  }

  void begin(Notices all) {
    notices = all;
    open();
  }

  /** Completes when the server said that it will tell, or did not want to. */
  Future<Void> watch(String uri, boolean wanted) {
    var changed = wanted ? watched.add(uri) : watched.remove(uri);
    if (!changed || notices == null || !can("resources", "subscribe")) {
      return Future.succeededFuture();
    }
    var opened = open();
    return opened == null ? Future.succeededFuture() : opened.begun.future();
  }

  void end() {
    ended = true;
    endAllBut(null);
  }

  private Stream open() {
    var wanted = wanted();
    if (ended || wanted.isEmpty()) {
      endAllBut(null);
      return null;
    }
    var stream = new Stream(this::begun);
    var params = Meta.stateless(new JsonObject().put("notifications", wanted), self);
    streams.add(stream);
    current = stream;
    peer.ask(new Ask("subscriptions/listen", params, null), stream)
        .onComplete(over -> over(stream, over.result()));
    return stream;
  }

  /** The new one tells all that those before it did. */
  private void begun(Stream stream) {
    if (stream == current) {
      endAllBut(stream);
      tellWhatWasMissed();
    }
  }

  private void endAllBut(Stream one) {
    current = one;
    for (var stream : List.copyOf(streams)) {
      if (stream != one) {
        stream.cancelled.tryComplete();
      }
    }
  }

  /** A stream is no more: whoever waited for its beginning does not any longer. */
  private void over(Stream stream, Answer answer) {
    streams.remove(stream);
    stream.begun.tryComplete();
    if (stream != current || ended) {
      return;
    }
    current = null;
    missed = true;
    if (answer instanceof Answer.Refused) {
      return; // it knows no such streams
    }
    var jitter = ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    vertx.setTimer(pause + jitter, rung -> {
      if (current == null) {
        open();
      }
    });
    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
  }

  /** Between two streams anything may have changed. */
  private void tellWhatWasMissed() {
    if (!missed) {
      return;
    }
    missed = false;
    pause = FIRST_PAUSE_MILLIS;
    LISTS.stream().filter(list -> can(list, "listChanged")).forEach(notices::listChanged);
    List.copyOf(watched).forEach(notices::resourceUpdated);
  }

  private JsonObject wanted() {
    var wanted = new JsonObject();
    for (var list : LISTS) {
      if (can(list, "listChanged")) {
        wanted.put(list + "ListChanged", true);
      }
    }
    if (!watched.isEmpty() && can("resources", "subscribe")) {
      wanted.put("resourceSubscriptions", new JsonArray(List.copyOf(watched)));
    }
    return wanted;
  }

  private boolean can(String list, String what) {
    return capabilities.getValue(list) instanceof JsonObject offered
        && Boolean.TRUE.equals(offered.getValue(what));
  }
}
