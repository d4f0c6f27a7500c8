package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.rpc.Line;
import io.umbel.registry.upstream.rpc.Peer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * HTTP with server-sent events, as of 2024-11-05: one stream brings all that the server says, and
 * first of all where to post what it is told. The session lives as long as the stream.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2024-11-05/basic/transports">
 *     Transports</a>
 */
final class EventLine implements Line {

  private final Courier courier;
  private final URI url;
  private final Exchange stream;
  private final Promise<Void> ready = Promise.promise();
  private Peer peer;
  private URI posts;
  private String revision;

  EventLine(Courier courier, URI url) {
    this.courier = courier;
    this.url = url;
    this.stream = courier.exchange();
  }

  /** Whom what comes is for. */
  EventLine to(Peer receiver) {
    peer = receiver;
    return this;
  }

  /** Opens the stream; completes when it is known where to post. */
  Future<Void> open(Duration timeout) {
    courier
        .send(new Sending(HttpMethod.GET, url, Courier.streamHeaders(), null), stream)
        .onSuccess(this::opened)
        .onFailure(ready::tryFail);
    return ready
        .future()
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .recover(why -> Future.failedFuture(why instanceof UpstreamFailure ? why : late()))
        .onFailure(why -> stream.abort());
  }

  @Override
  public Future<Void> send(Outgoing message) {
    var exchange = courier.exchange();
    var headers = Courier.traced(Courier.headers(), message.json());
    if (revision != null) {
      headers.set("MCP-Protocol-Version", revision);
    }
    return courier
        .send(new Sending(HttpMethod.POST, posts, headers, message.bytes()), exchange)
        .compose(answer -> {
          exchange.discard(answer);
          return answer.statusCode() < 300
              ? Future.<Void>succeededFuture()
              : Future.failedFuture(Statuses.unexplained(answer.statusCode()));
        });
  }

  @Override
  public void agreed(String spoken) {
    revision = spoken;
  }

  @Override
  public Future<Void> close() {
    stream.abort();
    return Future.succeededFuture();
  }

  private void opened(HttpClientResponse answer) {
    if (!Replies.isStream(answer)) {
      stream.discard(answer);
      ready.tryFail(Statuses.unexplained(answer.statusCode()));
      return;
    }
    stream.events(answer, this::event, retry -> {}).onComplete(over -> {
      var why = over.cause() instanceof UpstreamFailure failure ? failure : ended();
      ready.tryFail(why);
      peer.lost(why);
    });
  }

  private void event(Event event) {
    if (event.type().equals("endpoint")) {
      endpoint(event.data().toString());
    } else if (event.isMessage()) {
      peer.receive(event.data(), null);
    }
  }

  /** A server may not have what is meant for it, credentials above all, sent to another. */
  private void endpoint(String text) {
    try {
      var there = stream.url().resolve(text.strip());
      if (there.getHost() != null && Sending.isSameOrigin(there, stream.url())) {
        posts = there;
        ready.tryComplete();
        return;
      }
    } catch (IllegalArgumentException e) {
      // is refused like any other that is not within the origin
    }
    ready.tryFail(new UpstreamFailure(
        Reason.FORBIDDEN, "The server wants to be spoken with at another origin", false));
  }

  private static UpstreamFailure ended() {
    return new UpstreamFailure(Reason.UNREACHABLE, "The server ended its stream", true);
  }

  private static UpstreamFailure late() {
    return new UpstreamFailure(
        Reason.TIMEOUT, "The server did not say in time where to post messages", false);
  }
}
