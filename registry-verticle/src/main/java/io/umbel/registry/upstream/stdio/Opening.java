package io.umbel.registry.upstream.stdio;

import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.rpc.Peer;
import io.umbel.registry.upstream.rpc.Self;
import io.umbel.registry.upstream.rpc.ServerFacts;
import io.umbel.registry.upstream.rpc.SessionUpstream;
import io.umbel.registry.upstream.rpc.StatelessUpstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Finds out of which era a process is. It is asked to tell of itself as servers of no sessions do;
 * an answer decides. One that says nothing may still be starting, or know no such question: a
 * session is tried too, and the first of the two answers decides.
 */
final class Opening {

  private final Vertx vertx;
  private final Peer peer;
  private final Self self;
  private final Promise<Upstream> opened = Promise.promise();
  private boolean trying;

  Opening(Vertx vertx, Peer peer, Self self) {
    this.vertx = vertx;
    this.peer = peer;
    this.self = self;
  }

  /** Fails with {@link UpstreamFailure}. */
  Future<Upstream> probe(Duration silence) {
    StatelessUpstream.discover(peer, self).onSuccess(this::told).onFailure(this::untold);
    var timer = vertx.setTimer(silence.toMillis(), rung -> session());
    return opened.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  /** Does not ask: this one is known to be of sessions. */
  Future<Upstream> sessionOnly() {
    session();
    return opened.future();
  }

  private void told(Answer answer) {
    try {
      ServerFacts.discovered(answer)
          .ifPresentOrElse(
              facts ->
                  opened.tryComplete(new StatelessUpstream(vertx, peer, self, facts, tools -> {})),
              this::session);
    } catch (UpstreamFailure neither) {
      opened.tryFail(neither);
    }
  }

  /** No error is evidence but one: of what cannot be read, a session may make more. */
  private void untold(Throwable why) {
    if (why instanceof UpstreamFailure failure && failure.reason() == Reason.GARBAGE) {
      session();
    } else {
      opened.tryFail(why);
    }
  }

  private void session() {
    if (trying) {
      return;
    }
    trying = true;
    SessionUpstream.tryOn(peer, self).onSuccess(opened::tryComplete).onFailure(opened::tryFail);
  }
}
