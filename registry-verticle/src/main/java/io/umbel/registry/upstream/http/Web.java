package io.umbel.registry.upstream.http;

import io.umbel.outbound.Destinations;
import io.umbel.outbound.OutboundFailure;
import io.umbel.outbound.Trust;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.UpstreamSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * HTTP to wherever may be reached: HTTP/2 where a server offers it over TLS, connections kept and
 * used again, each to an address that was looked at.
 */
public final class Web {

  private static final int CONNECTIONS_OF_AN_ADDRESS = 256;
  private static final int STREAMS_OF_A_CONNECTION = 128;
  private static final int KEEP_SECONDS = 15;

  private final Vertx vertx;
  private final HttpClient plain;
  private final HttpClient secure;
  private final Destinations destinations;
  private final UpstreamSettings.Bounds bounds;
  private final AtomicInteger open;

  /** The web as far as destinations reach. */
  public Web(Vertx vertx, UpstreamSettings settings, Destinations destinations) {
    this.vertx = vertx;
    this.destinations = destinations;
    this.bounds = settings.bounds();
    this.open = new AtomicInteger();
    var pool = new PoolOptions()
        .setHttp1MaxSize(CONNECTIONS_OF_AN_ADDRESS)
        .setHttp2MaxSize(2)
        .setMaxWaitQueueSize(CONNECTIONS_OF_AN_ADDRESS);
    this.plain = vertx.createHttpClient(options(), pool);
    this.secure = vertx.createHttpClient(
        Trust.in(settings.certificates(), options())
            .setSsl(true)
            .setUseAlpn(true)
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2MultiplexingLimit(STREAMS_OF_A_CONNECTION),
        pool);
  }

  private Web(Web other, Destinations destinations) {
    this.vertx = other.vertx;
    this.plain = other.plain;
    this.secure = other.secure;
    this.destinations = destinations;
    this.bounds = other.bounds;
    this.open = other.open;
  }

  /** The same, in which the operator chose to go to that URL, wherever it is. */
  public Web with(URI operators) {
    return new Web(this, destinations.with(operators));
  }

  private HttpClientOptions options() {
    return new HttpClientOptions()
        .setConnectTimeout((int) bounds.connect().toMillis())
        .setSslHandshakeTimeout(bounds.connect().toMillis())
        .setSslHandshakeTimeoutUnit(java.util.concurrent.TimeUnit.MILLISECONDS)
        .setKeepAliveTimeout(KEEP_SECONDS)
        .setShared(false);
  }

  void later(long millis, Runnable action) {
    vertx.setTimer(millis, rung -> action.run());
  }

  /** How much and how long. */
  UpstreamSettings.Bounds bounds() {
    return bounds;
  }

  /** Where may be gone. */
  public Destinations destinations() {
    return destinations;
  }

  /** One more answer under way; throws {@link UpstreamFailure} where there are too many. */
  void begin() {
    if (open.get() >= bounds.openStreams()) {
      throw new UpstreamFailure(
          Reason.OVERLOADED, "Umbel waits for too many answers of servers", false);
    }
    open.incrementAndGet();
  }

  void end() {
    open.decrementAndGet();
  }

  /** Answers under way. */
  public int open() {
    return open.get();
  }

  /** A request whose connection is there, and nothing of it sent. */
  Future<HttpClientRequest> connect(Sending sending) {
    return destinations
        .at(sending.url())
        .recover(Web::refused)
        .compose(all -> connect(sending, all));
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return Future.join(plain.close(), secure.close()).mapEmpty();
  }

  private static Future<List<SocketAddress>> refused(Throwable why) {
    var isForbidden = why instanceof OutboundFailure failure
        && failure.reason() == OutboundFailure.Reason.FORBIDDEN;
    var reason = isForbidden ? Reason.FORBIDDEN : Reason.UNREACHABLE;
    return Future.failedFuture(
        why instanceof OutboundFailure
            ? new UpstreamFailure(reason, why.getMessage(), false)
            : why);
  }

  private Future<HttpClientRequest> connect(Sending sending, List<SocketAddress> addresses) {
    return connect(sending, addresses.get(0))
        .recover(why -> addresses.size() > 1
            ? connect(sending, addresses.subList(1, addresses.size()))
            : unreachable(sending, why));
  }

  private Future<HttpClientRequest> connect(Sending sending, SocketAddress address) {
    var secured = Destinations.isSecure(sending.url());
    var options = new RequestOptions()
        .setMethod(sending.method())
        .setServer(address)
        .setHost(Destinations.host(sending.url()))
        .setPort(Destinations.port(sending.url()))
        .setSsl(secured)
        .setURI(sending.target())
        .setHeaders(sending.headers());
    return (secured ? secure : plain).request(options);
  }

  private Future<HttpClientRequest> unreachable(Sending sending, Throwable why) {
    URI url = sending.url();
    destinations.forget(url);
    if (why instanceof UpstreamFailure) {
      return Future.failedFuture(why);
    }
    var text = why instanceof SSLException
        ? "No TLS connection to " + sending.where() + ": Umbel does not accept its certificate"
        : "No connection to " + sending.where();
    return Future.failedFuture(new UpstreamFailure(Reason.UNREACHABLE, text, false));
  }
}
