package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.rpc.Crossings;
import io.umbel.registry.upstream.rpc.Peer;
import io.umbel.registry.upstream.rpc.Self;
import io.umbel.registry.upstream.rpc.ServerFacts;
import io.umbel.registry.upstream.rpc.SessionUpstream;
import io.umbel.registry.upstream.rpc.StatelessUpstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The three ways to open a connection to one server over HTTP. */
public final class Openings {

  private final Vertx vertx;
  private final Web web;
  private final URI url;
  private final Credential credential;
  private final Known known;

  /**
   * What is remembered of a server beyond one connection.
   *
   * @param params which arguments it wants in headers
   * @param crossings what its questions were
   */
  public record Known(ParamHeaders params, Crossings crossings) {

    /** Nothing yet. */
    public static Known nothing(Runnable crossed) {
      return new Known(new ParamHeaders(), new Crossings(crossed));
    }
  }

  /** Openings of the server there. */
  public Openings(Vertx vertx, Web web, URI url, Credential credential, Known known) {
    this.vertx = vertx;
    this.web = web;
    this.url = url;
    this.credential = credential;
    this.known = known;
  }

  /** Without a session; empty if the server seems to want one. */
  public Future<Optional<Upstream>> stateless(Self self) {
    var line = new StatelessLine(courier(), url, known.params());
    var peer = new Peer(vertx, line, longest(), known.crossings());
    line.to(peer);
    return StatelessUpstream.discover(peer, self)
        .map(Optional::of)
        .recover(why ->
            isOtherEra(why) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(why))
        .map(answer -> answer
            .flatMap(ServerFacts::discovered)
            .map(facts -> new StatelessUpstream(vertx, peer, self, facts, known.params())));
  }

  /** Trouble of the network or with credentials says nothing about eras. */
  public static boolean isOtherEra(Throwable why) {
    return why instanceof UpstreamFailure failure && failure.reason() == Reason.GARBAGE;
  }

  /** Whether it is that there was no answer in time. */
  public static boolean isSilence(Throwable why) {
    return why instanceof UpstreamFailure failure && failure.reason() == Reason.TIMEOUT;
  }

  /** With a session over Streamable HTTP; fails with {@link UpstreamFailure}. */
  public Future<Upstream> session(Self self) {
    var line = new SessionLine(vertx, courier(), url);
    var peer = new Peer(vertx, line, longest(), known.crossings());
    line.to(peer);
    return SessionUpstream.open(peer, self);
  }

  /** With a session over HTTP with server-sent events; fails with {@link UpstreamFailure}. */
  public Future<Upstream> events(Self self) {
    var line = new EventLine(courier(), url);
    var peer = new Peer(vertx, line, longest(), known.crossings());
    return line.to(peer).open(self.timeout()).compose(ready -> SessionUpstream.open(peer, self));
  }

  private Courier courier() {
    return new Courier(web, credential);
  }

  private Duration longest() {
    return web.bounds().longest();
  }
}
