package io.umbel.registry.upstream.rpc;

import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A session with a server of 2025-11-25 or earlier. Where the server forgets it, it is opened again
 * once, and what was being asked is asked there.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle">Lifecycle
 *     </a>
 */
public final class SessionUpstream implements Upstream {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final long HEARD_SOON_MILLIS = 1_000;

  private final Peer peer;
  private final Self self;
  private final Set<String> watched = new LinkedHashSet<>();
  private Facts facts;
  private Future<Void> reopening;
  private Future<Void> logging;
  private Notices notices;

  private SessionUpstream(Peer peer, Self self) {
    this.peer = peer;
    this.self = self;
    peer.onSessionGone(this::reopened);
  }

  /** Opens a session; fails with {@link UpstreamFailure}, and then ends the line. */
  public static Future<Upstream> open(Peer peer, Self self) {
    return tryOn(peer, self).onFailure(why -> peer.close(Duration.ZERO));
  }

  /** Opens a session; fails with {@link UpstreamFailure}, and leaves the line as it is. */
  public static Future<Upstream> tryOn(Peer peer, Self self) {
    var session = new SessionUpstream(peer, self);
    return session.initialize().<Upstream>map(session).recover(SessionUpstream::noSession);
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public Future<Answer> ask(Question question, Hearing hearing) {
    var ask = Meta.ofSession(question);
    return logsFor(ask)
        .compose(ready -> peer.ask(ask, hearing))
        .recover(why -> again(why).compose(open -> peer.ask(ask, hearing)))
        .recover(SessionUpstream::noSession);
  }

  @Override
  public Future<Void> watch(String uri, boolean wanted) {
    if (!can("resources", "subscribe")) {
      return Future.succeededFuture();
    }
    var changed = wanted ? watched.add(uri) : watched.remove(uri);
    return changed ? subscribe(uri, wanted) : Future.succeededFuture();
  }

  @Override
  public void listen(Notices all) {
    notices = all;
    peer.hear(all);
    peer.line().listen();
  }

  @Override
  public Future<Void> close() {
    return peer.close(GRACE);
  }

  @Override
  public Future<Void> closeNow() {
    return peer.close(Duration.ZERO);
  }

  private Future<Void> initialize() {
    var params = new JsonObject()
        .put("protocolVersion", Revisions.NEWEST_SESSION)
        .put("capabilities", self.capabilities())
        .put("clientInfo", self.client());
    return peer.ask(new Ask("initialize", params, self.timeout())).compose(this::agree);
  }

  private Future<Void> agree(Answer answer) {
    if (!(answer instanceof Answer.Result result)) {
      var refused = answer instanceof Answer.Refused no ? ": " + no.message() : "";
      return garbage("The server refused to open a session" + refused);
    }
    var revision = result.json().getString("protocolVersion");
    if (revision == null || !Revisions.SESSIONS.contains(revision)) {
      return garbage("The server speaks revision " + revision + " of MCP, which Umbel does not");
    }
    facts = ServerFacts.ofSession(revision, result.json());
    peer.line().agreed(revision);
    return peer.tell("notifications/initialized", null).compose(told -> hearQuestions());
  }

  /** Many servers ask what they have to ask on no request's stream, whatever it is about. */
  private Future<Void> hearQuestions() {
    return self.capabilities().isEmpty()
        ? Future.succeededFuture()
        : peer.line().listen().timeout(HEARD_SOON_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  /** Has the session opened again if it is gone; fails as before if that was not the trouble. */
  private Future<Void> again(Throwable why) {
    return why instanceof Line.SessionGone ? reopened() : Future.failedFuture(why);
  }

  /** Opens the session again, once for all who found it gone. */
  private Future<Void> reopened() {
    if (reopening == null) {
      peer.line().agreed(null);
      logging = null;
      var opened = initialize().compose(open -> settle());
      reopening = opened;
      opened
          .onComplete(done -> reopening = null)
          .onFailure(why -> peer.lost(why instanceof UpstreamFailure known ? known : forgotten()));
    }
    return reopening;
  }

  /** A new session knows nothing of what the one before was told, and much may have changed. */
  private Future<Void> settle() {
    watched.forEach(uri -> subscribe(uri, true));
    if (notices != null) {
      peer.line().listen();
      for (var list : new String[] {"tools", "prompts", "resources"}) {
        if (facts.capabilities().containsKey(list)) {
          notices.listChanged(list);
        }
      }
      watched.forEach(notices::resourceUpdated);
    }
    return Future.succeededFuture();
  }

  private Future<Void> subscribe(String uri, boolean wanted) {
    var method = wanted ? "resources/subscribe" : "resources/unsubscribe";
    return peer.ask(new Ask(method, new JsonObject().put("uri", uri), self.timeout()))
        .mapEmpty();
  }

  /** A session has one level for all: the lowest, from the first request on that wants lines. */
  private Future<Void> logsFor(Ask ask) {
    if (ask.logs() == null || !facts.capabilities().containsKey("logging")) {
      return Future.succeededFuture();
    }
    if (logging == null) {
      var level = new JsonObject().put("level", "debug");
      logging = peer.ask(new Ask("logging/setLevel", level, self.timeout()))
          .<Void>mapEmpty()
          .recover(why -> why instanceof Line.SessionGone
              ? Future.failedFuture(why)
              : Future.succeededFuture());
    }
    return logging;
  }

  private boolean can(String list, String what) {
    return facts.capabilities().getValue(list) instanceof JsonObject offered
        && Boolean.TRUE.equals(offered.getValue(what));
  }

  private static <T> Future<T> noSession(Throwable why) {
    return Future.failedFuture(why instanceof Line.SessionGone ? forgotten() : why);
  }

  private static UpstreamFailure forgotten() {
    return new UpstreamFailure(
        Reason.UNREACHABLE, "The server forgot its session again at once", false);
  }

  private static <T> Future<T> garbage(String text) {
    return Future.failedFuture(new UpstreamFailure(Reason.GARBAGE, text, true));
  }
}
