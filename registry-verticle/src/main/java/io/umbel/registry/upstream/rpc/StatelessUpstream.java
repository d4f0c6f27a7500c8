package io.umbel.registry.upstream.rpc;

import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A way to a server of 2026-07-28: each request says all there is to know.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic">Overview</a>
 */
public final class StatelessUpstream implements Upstream {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final String TOOLS = "tools/list";
  private static final int MISMATCH = -32020;
  private static final int UNSUPPORTED = -32022;
  private static final int MOST_PAGES = 50;

  private final Peer peer;
  private final Self self;
  private final Facts facts;
  private final Consumer<JsonObject> toolLists;
  private final Listening listening;

  /**
   * A way whose server said that of itself.
   *
   * @param toolLists sees each page of its tools before it is given to whoever asked, and may
   *     change it
   */
  public StatelessUpstream(
      Vertx vertx, Peer peer, Self self, Facts facts, Consumer<JsonObject> toolLists) {
    this.peer = peer;
    this.self = self;
    this.facts = facts;
    this.toolLists = toolLists;
    this.listening = new Listening(vertx, peer, self, facts.capabilities());
  }

  /** Asks a server to tell of itself; only those of no sessions know how. */
  public static Future<Answer> discover(Peer peer, Self self) {
    var params = Meta.stateless((JsonObject) null, self);
    var ask = new Ask("server/discover", params, self.timeout());
    return peer.ask(ask)
        .compose(answer ->
            ServerFacts.isTakenAfterAll(answer) ? peer.ask(ask) : Future.succeededFuture(answer));
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public Future<Answer> ask(Question question, Hearing hearing) {
    var ask = Meta.stateless(question, self);
    return peer.ask(ask, hearing).compose(answer -> {
      if (isMismatch(answer) && question.method().equals("tools/call")) {
        return relist(null, MOST_PAGES)
            .compose(seen -> peer.ask(ask, hearing))
            .compose(second -> read(question, second));
      }
      return read(question, answer);
    });
  }

  /** Errors that are about how we speak are no answers for whoever asked. */
  private Future<Answer> read(Question question, Answer answer) {
    if (answer instanceof Answer.Result result) {
      if (question.method().equals(TOOLS)) {
        toolLists.accept(result.json());
      }
      return complete(result.json());
    }
    if (answer instanceof Answer.Refused no && (isMismatch(no) || no.code() == UNSUPPORTED)) {
      var text = "The server does not accept how Umbel speaks: " + no.message();
      return Future.failedFuture(new UpstreamFailure(Reason.GARBAGE, text, false));
    }
    return Future.succeededFuture(answer);
  }

  private static boolean isMismatch(Answer answer) {
    return answer instanceof Answer.Refused no && no.code() == MISMATCH;
  }

  /** Looks at the tools again: what has to be repeated in headers may be new. */
  private Future<Void> relist(String cursor, int pages) {
    var params = new JsonObject();
    if (cursor != null) {
      params.put("cursor", cursor);
    }
    return peer.ask(new Ask(TOOLS, Meta.stateless(params, self), self.timeout()))
        .compose(answer -> {
          if (!(answer instanceof Answer.Result result)) {
            return Future.succeededFuture();
          }
          toolLists.accept(result.json());
          var next = result.json().getString("nextCursor");
          return next == null || pages == 1 ? Future.succeededFuture() : relist(next, pages - 1);
        });
  }

  @Override
  public Future<Void> watch(String uri, boolean wanted) {
    return listening.watch(uri, wanted);
  }

  @Override
  public void listen(Notices notices) {
    peer.hear(notices);
    listening.begin(notices);
  }

  @Override
  public Future<Void> close() {
    listening.end();
    return peer.close(GRACE);
  }

  @Override
  public Future<Void> closeNow() {
    listening.end();
    return peer.close(Duration.ZERO);
  }

  /** Takes out what belongs to this era, and tells what is complete from what is not. */
  private static Future<Answer> complete(JsonObject result) {
    var type = result.remove("resultType");
    result.remove("ttlMs");
    result.remove("cacheScope");
    if (type == null || type.equals("complete")) {
      return Future.succeededFuture(new Answer.Result(result));
    }
    var asks = result.getValue("inputRequests") != null || result.getValue("requestState") != null;
    if (type.equals("input_required") && asks) {
      return Future.succeededFuture(new Answer.InputRequired(result.toBuffer()));
    }
    var text = "The server answered with a result of type " + type + ", which Umbel does not know";
    return Future.failedFuture(new UpstreamFailure(Reason.GARBAGE, text, true));
  }
}
