package io.umbel.outbound;

import io.umbel.outbound.OutboundFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Requests to wherever may be reached, each to an address that was looked at, and read no further
 * and no longer than the bounds. A read follows redirects within its origin; any other is an
 * answer.
 */
public final class Outbound {

  private static final int CONNECTIONS_OF_AN_ADDRESS = 32;
  private static final int WAITING = 1_024;
  private static final int KEEP_SECONDS = 15;
  private static final int REDIRECTS = 3;
  private static final long CANCEL = 8;
  private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);

  private final Vertx vertx;
  private final Destinations destinations;
  private final Bounds bounds;
  private final HttpClient plain;
  private final HttpClient secure;

  /**
   * How long and how much.
   *
   * @param timeout from the request until the last byte of its answer
   * @param maxBytes of an answer's body
   */
  public record Bounds(Duration timeout, int maxBytes) {}

  /** With the certificates that Java believes. */
  public Outbound(Vertx vertx, Destinations destinations, Bounds bounds) {
    this(vertx, destinations, bounds, null);
  }

  /**
   * One that also believes the operator's authorities.
   *
   * @param pem their certificates, or null
   */
  public Outbound(Vertx vertx, Destinations destinations, Bounds bounds, String pem) {
    this.vertx = vertx;
    this.destinations = destinations;
    this.bounds = bounds;
    var pool =
        new PoolOptions().setHttp1MaxSize(CONNECTIONS_OF_AN_ADDRESS).setMaxWaitQueueSize(WAITING);
    this.plain = vertx.createHttpClient(options(), pool);
    this.secure = vertx.createHttpClient(Trust.in(pem, options()).setSsl(true), pool);
  }

  private Outbound(Outbound other, Destinations destinations) {
    this.vertx = other.vertx;
    this.destinations = destinations;
    this.bounds = other.bounds;
    this.plain = other.plain;
    this.secure = other.secure;
  }

  /** The same, in which the operator chose to go to that URL, wherever it is. */
  public Outbound with(URI operators) {
    return new Outbound(this, destinations.with(operators));
  }

  /** Where may be gone. */
  public Destinations destinations() {
    return destinations;
  }

  /** What the server answered, whatever its status; fails with {@link OutboundFailure}. */
  public Future<Answer> send(Request request) {
    var exchange = new Exchange(request);
    var timer = vertx.setTimer(bounds.timeout().toMillis(), rung -> exchange.late());
    exchange.send(request, HttpMethod.GET.equals(request.method()) ? REDIRECTS : 0);
    return exchange.answered.future().onComplete(over -> vertx.cancelTimer(timer));
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return Future.join(plain.close(), secure.close()).mapEmpty();
  }

  private HttpClientOptions options() {
    return new HttpClientOptions()
        .setConnectTimeout((int) bounds.timeout().toMillis())
        .setDecompressionSupported(false)
        .setKeepAliveTimeout(KEEP_SECONDS)
        .setShared(false);
  }

  /** One request until its end. */
  private final class Exchange {

    private final Promise<Answer> answered = Promise.promise();
    private final Request first;
    private HttpClientRequest open;

    Exchange(Request first) {
      this.first = first;
    }

    void send(Request request, int redirects) {
      destinations
          .at(request.url())
          .compose(addresses -> connect(request, addresses))
          .compose(ready -> sent(ready, request, redirects))
          .onFailure(answered::tryFail);
    }

    void late() {
      var text = first.where() + " did not answer within " + bounds.timeout().toSeconds() + " s";
      answered.tryFail(new OutboundFailure(Reason.TIMEOUT, text, open != null));
      giveUp();
    }

    /** It is listened before anything is sent: later, on another thread, an answer has gone by. */
    private Future<?> sent(HttpClientRequest ready, Request request, int redirects) {
      open = ready;
      ready.exceptionHandler(why -> {}); // the answer's future says it too
      if (answered.future().isComplete()) {
        giveUp();
      }
      var heard = ready
          .response()
          .recover(why -> Future.failedFuture(broke(request)))
          .compose(answer -> heard(answer, request, redirects));
      if (request.body() == null) {
        ready.end();
      } else {
        ready.end(request.body());
      }
      return heard;
    }

    private Future<?> heard(HttpClientResponse answer, Request request, int redirects) {
      var moved = redirects == 0 ? null : moved(answer, request);
      if (moved != null) {
        answer.end();
        send(request.to(moved), redirects - 1);
        return Future.succeededFuture();
      }
      return body(answer, request)
          .onSuccess(body ->
              answered.tryComplete(new Answer(answer.statusCode(), answer.headers(), body)));
    }

    private Future<Buffer> body(HttpClientResponse answer, Request request) {
      var whole = Promise.<Buffer>promise();
      var read = Buffer.buffer();
      answer.exceptionHandler(why -> whole.tryFail(broke(request)));
      answer.endHandler(end -> whole.tryComplete(read));
      answer.handler(piece -> {
        if (read.length() + piece.length() <= bounds.maxBytes()) {
          read.appendBuffer(piece);
        } else if (whole.tryFail(tooLarge(request))) {
          giveUp();
        }
      });
      return whole.future();
    }

    private void giveUp() {
      if (open != null) {
        open.reset(CANCEL);
      }
    }

    private OutboundFailure tooLarge(Request request) {
      var text =
          request.where() + " answered with more than the " + bounds.maxBytes() + " bytes allowed";
      return new OutboundFailure(Reason.TOO_LARGE, text, true);
    }
  }

  private Future<HttpClientRequest> connect(Request request, List<SocketAddress> addresses) {
    return connect(request, addresses.get(0))
        .recover(why -> addresses.size() > 1
            ? connect(request, addresses.subList(1, addresses.size()))
            : unreachable(request, why));
  }

  private Future<HttpClientRequest> connect(Request request, SocketAddress address) {
    var secured = Destinations.isSecure(request.url());
    var options = new RequestOptions()
        .setMethod(request.method())
        .setServer(address)
        .setHost(Destinations.host(request.url()))
        .setPort(Destinations.port(request.url()))
        .setSsl(secured)
        .setURI(request.target())
        .setHeaders(request.headers());
    return (secured ? secure : plain).request(options);
  }

  private Future<HttpClientRequest> unreachable(Request request, Throwable why) {
    destinations.forget(request.url());
    var text = why instanceof SSLException
        ? "No TLS connection to " + request.where() + ": Umbel does not accept its certificate"
        : "No connection to " + request.where();
    return Future.failedFuture(new OutboundFailure(Reason.UNREACHABLE, text));
  }

  private static OutboundFailure broke(Request request) {
    return new OutboundFailure(
        Reason.UNREACHABLE,
        "The connection to " + request.where() + " broke before the whole answer was there",
        true);
  }

  /**
   * Where it has moved to within its origin; whoever sees credentials is no matter of an answer.
   */
  private static URI moved(HttpClientResponse answer, Request request) {
    var location = answer.getHeader("Location");
    if (location == null || !MOVED.contains(answer.statusCode())) {
      return null;
    }
    try {
      var moved = request.url().resolve(location);
      return moved.getHost() != null && isSameOrigin(moved, request.url()) ? moved : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isSameOrigin(URI one, URI other) {
    return Destinations.isSecure(one) == Destinations.isSecure(other)
        && Destinations.host(one).equals(Destinations.host(other))
        && Destinations.port(one) == Destinations.port(other);
  }
}
