package io.umbel.registry.upstream.rpc;

import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A way to a server of 2026-07-28: each request says all there is to know.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic">Overview</a>
 */
public final class StatelessUpstream implements Upstream {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Peer peer;
  private final Self self;
  private final Facts facts;
  private final Listening listening;

  /** A way whose server said that of itself. */
  public StatelessUpstream(Vertx vertx, Peer peer, Self self, Facts facts) {
    this.peer = peer;
    this.self = self;
    this.facts = facts;
    this.listening = new Listening(vertx, peer, self, facts.capabilities());
  }

  /** Asks a server to tell of itself; only those of no sessions know how. */
  public static Future<Answer> discover(Peer peer, Self self) {
    return peer.ask(
        new Ask("server/discover", Meta.stateless((JsonObject) null, self), self.timeout()));
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public Future<Answer> ask(Question question, Hearing hearing) {
    return peer.ask(Meta.stateless(question, self), hearing)
        .compose(answer -> answer instanceof Answer.Result result
            ? complete(result.json())
            : Future.succeededFuture(answer));
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
