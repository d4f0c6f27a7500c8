package io.umbel.gateway.http;

import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.OneLine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;

/**
 * A response as a stream of server-sent events, each flushed at once. It begins with the first one.
 * A comment now and then keeps the connection from looking dead; a reader that falls too far behind
 * is hung up on, and nobody is read to forever.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class EventStream implements EventSink {

  static final String TYPE = "text/event-stream";

  private static final int QUEUE_BYTES = 1024 * 1024;
  private static final long KEEP_ALIVE_MILLIS = 15_000;
  private static final long LONGEST_MILLIS = 60 * 60 * 1_000L;
  private static final Buffer COMMENT = Buffer.buffer(":\n\n");

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final String correlationId;
  private final boolean wanted;
  private long longest = LONGEST_MILLIS;
  private final Promise<Void> closed = Promise.promise();
  private boolean begun;

  EventStream(Vertx vertx, HttpServerRequest request, String correlationId) {
    this.vertx = vertx;
    this.request = request;
    this.response = request.response();
    this.correlationId = correlationId;
    this.wanted = isWanted(request);
    response.closeHandler(gone -> closed.tryComplete());
  }

  /** It ends after that many milliseconds at the latest. To be said before it begins. */
  void endAfter(long millis) {
    longest = Math.max(1, Math.min(longest, millis));
  }

  /** Whether the client says, in one header or several, that it reads such a stream. */
  static boolean isWanted(HttpServerRequest request) {
    return request.headers().getAll(HttpHeaders.ACCEPT).stream()
        .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains(TYPE));
  }

  @Override
  public String peer() {
    return request.remoteAddress().hostAddress();
  }

  @Override
  public boolean isOpen() {
    return wanted && !response.ended() && !response.closed();
  }

  @Override
  public boolean hasBegun() {
    return begun;
  }

  @Override
  public void start() {
    if (isOpen()) {
      begin();
      response.write(COMMENT);
    }
  }

  @Override
  public void send(Event event) {
    if (!isOpen()) {
      return;
    }
    begin();
    if (response.writeQueueFull()) {
      response.reset();
      return;
    }
    response.write(encoded(event));
  }

  @Override
  public void end() {
    if (!response.ended() && !response.closed()) {
      begin();
      response.end();
    }
    closed.tryComplete();
  }

  @Override
  public Future<Void> closed() {
    return closed.future();
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    response
        .setChunked(true)
        .setWriteQueueMaxSize(QUEUE_BYTES)
        .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
        .putHeader("X-Accel-Buffering", "no")
        .putHeader(HttpAnswers.CORRELATION, correlationId);
    var alive = vertx.setPeriodic(KEEP_ALIVE_MILLIS, tick -> response.write(COMMENT));
    var over = vertx.setTimer(longest, tick -> end());
    closed.future().onComplete(done -> {
      vertx.cancelTimer(alive);
      vertx.cancelTimer(over);
    });
  }

  private static Buffer encoded(Event event) {
    var text = Buffer.buffer();
    if (event.name() != null) {
      text.appendString("event: ").appendString(event.name()).appendString("\n");
    }
    if (event.id() != null) {
      text.appendString("id: ").appendString(event.id()).appendString("\n");
    }
    if (event.retryMillis() > 0) {
      text.appendString("retry: " + event.retryMillis() + "\n");
    }
    if (event.data() != null) {
      text.appendString("data: ").appendBytes(OneLine.of(event.data())).appendString("\n");
    }
    return text.appendString("\n");
  }
}
