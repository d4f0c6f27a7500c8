package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.rpc.Line;
import io.umbel.registry.upstream.rpc.Messages;
import io.umbel.registry.upstream.rpc.Peer;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Streamable HTTP of 2025-03-26 to 2025-11-25: a POST for each message, a stream for each answer
 * that is more than one, and one for what the server says of its own accord. A stream that breaks
 * is gone on with, where the server gave its events ids.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">
 *     Transports</a>
 */
final class SessionLine implements Line {

  private static final String SESSION = "Mcp-Session-Id";
  private static final int LONGEST_ID = 4_096;

  private final Vertx vertx;
  private final Courier courier;
  private final URI url;
  private final Map<Long, Exchange> open = new HashMap<>();
  private Peer peer;
  private String session;
  private String revision;
  private ServerStream own;
  private boolean closed;

  SessionLine(Vertx vertx, Courier courier, URI url) {
    this.vertx = vertx;
    this.courier = courier;
    this.url = url;
  }

  /** Whom what comes is for. */
  SessionLine to(Peer receiver) {
    peer = receiver;
    return this;
  }

  @Override
  public Future<Void> send(Outgoing message) {
    var request = message.request();
    var exchange = courier.exchange();
    if (request != null) {
      open.put(request, exchange);
    }
    var sending = new Sending(
        HttpMethod.POST,
        url,
        dressed(Courier.traced(Courier.headers(), message.json())),
        message.bytes());
    var known = session;
    return courier
        .send(sending, exchange)
        .compose(answer -> present(answer, exchange, known))
        .compose(answer -> {
          remember(answer, message);
          return request == null
              ? accepted(answer, exchange)
              : read(answer, exchange, request, known);
        })
        .onComplete(done -> open.remove(request));
  }

  @Override
  public boolean hangUp(long request) {
    var exchange = open.remove(request);
    if (exchange != null) {
      exchange.abort();
    }
    return false;
  }

  @Override
  public void agreed(String spoken) {
    revision = spoken;
    if (spoken == null) {
      session = null;
      endOwn();
    }
  }

  @Override
  public Future<Void> listen() {
    if (closed) {
      return Future.succeededFuture();
    }
    if (own == null) {
      own = new ServerStream(vertx, courier, this::getting, peer);
      own.open();
    }
    return own.begun();
  }

  @Override
  public Future<Void> close() {
    closed = true;
    endOwn();
    List.copyOf(open.keySet()).forEach(this::hangUp);
    if (session == null) {
      return Future.succeededFuture();
    }
    var exchange = courier.exchange();
    var headers = dressed(MultiMap.caseInsensitiveMultiMap());
    return courier
        .send(new Sending(HttpMethod.DELETE, url, headers, null), exchange)
        .onSuccess(answer -> exchange.discard(answer))
        .<Void>mapEmpty()
        .timeout(courier.bounds().connect().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
        .onFailure(why -> exchange.abort())
        .otherwiseEmpty();
  }

  private void endOwn() {
    if (own != null) {
      own.end();
      own = null;
    }
  }

  private MultiMap dressed(MultiMap headers) {
    if (session != null) {
      headers.set(SESSION, session);
    }
    if (revision != null) {
      headers.set("MCP-Protocol-Version", revision);
    }
    return headers;
  }

  /** A request for a stream that goes on after that event, or a new one where it is null. */
  private Sending getting(String lastEvent) {
    var headers = dressed(Courier.streamHeaders());
    if (lastEvent != null) {
      headers.set("Last-Event-ID", lastEvent);
    }
    return new Sending(HttpMethod.GET, url, headers, null);
  }

  /** Fails if the server no longer knows the session that the request named. */
  private static Future<HttpClientResponse> present(
      HttpClientResponse answer, Exchange exchange, String session) {
    if (answer.statusCode() != 404 || session == null) {
      return Future.succeededFuture(answer);
    }
    exchange.discard(answer);
    return Future.failedFuture(new SessionGone());
  }

  private void remember(HttpClientResponse answer, Outgoing message) {
    var id = answer.getHeader(SESSION);
    if ("initialize".equals(message.method()) && id != null && id.length() <= LONGEST_ID) {
      session = id;
    }
  }

  private static Future<Void> accepted(HttpClientResponse answer, Exchange exchange) {
    exchange.discard(answer);
    return answer.statusCode() < 300
        ? Future.succeededFuture()
        : Future.failedFuture(Statuses.unexplained(answer.statusCode()));
  }

  private Future<Void> read(
      HttpClientResponse answer, Exchange exchange, long request, String known) {
    if (Replies.isStream(answer)) {
      var stream = new AnswerStream(vertx, courier, this::getting, peer, request);
      return stream.read(answer, exchange, next -> open.put(request, next));
    }
    return exchange
        .body(answer)
        .compose(body -> known != null && answer.statusCode() == 400 && saysSessionGone(body)
            ? Future.failedFuture(new SessionGone())
            : Replies.whole(answer, body, peer, request));
  }

  /** Servers built on the TypeScript SDK often say it with 400 where the revision wants 404. */
  private static boolean saysSessionGone(Buffer body) {
    try {
      return Messages.object(body).getValue("error") instanceof JsonObject error
          && error.getString("message", "").toLowerCase(Locale.ROOT).contains("session");
    } catch (UpstreamFailure garbage) {
      return false;
    }
  }

  static UpstreamFailure ended() {
    return new UpstreamFailure(
        Reason.UNREACHABLE, "The server ended its stream before the answer", true);
  }
}
