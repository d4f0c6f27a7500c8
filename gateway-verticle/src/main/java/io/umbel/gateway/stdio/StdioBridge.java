package io.umbel.gateway.stdio;

import io.umbel.gateway.modern.ModernEra;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.Envelope.Kind;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets a client that knows only stdio use a gateway that runs elsewhere: each line becomes a POST
 * with the headers its era demands, each answer a line.
 */
public final class StdioBridge {

  private static final int MAX_LINE = 1024 * 1024;
  private static final int MOST_CONNECTIONS = 64;
  private static final long FINISH_MILLIS = 3_000;

  private final Vertx vertx;
  private final HttpClientAgent http;
  private final BridgeHeaders headers;
  private final URI gateway;
  private final LineReader in;
  private final LineWriter out;
  private final Map<String, HttpClientRequest> inFlight = new HashMap<>();
  private final Promise<Void> ended = Promise.promise();
  /** Lines that came while an initialize is being answered: they need the session it begins. */
  private final Deque<byte[]> waiting = new ArrayDeque<>();

  private boolean greeting;
  private boolean finishing;
  private int open;

  /**
   * A bridge to that gateway.
   *
   * @param token sent as a bearer token, or null
   */
  public StdioBridge(Vertx vertx, URI gateway, String token, InputStream in, OutputStream out) {
    this.vertx = vertx;
    this.http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    this.headers = new BridgeHeaders(token);
    this.gateway = gateway;
    this.in = new LineReader(in, MAX_LINE);
    this.out = new LineWriter(out);
  }

  /** Carries lines until stdin ends and what was asked is answered, or overdue. */
  public Future<Void> run() {
    var context = vertx.getOrCreateContext();
    in.open(context, this::take).onSuccess(eof -> finish());
    return ended.future();
  }

  private void take(byte[] line) {
    if (line == LineReader.TOO_LONG) {
      var why = McpException.refused(413, "The message is larger than " + MAX_LINE + " bytes");
      out.write(why.toResponse(null));
      return;
    }
    if (greeting) {
      waiting.add(line);
      return;
    }
    try {
      var message = EnvelopeReader.read(line);
      if (isCancellation(message)) {
        cancel(message.params().facts().requestId());
      } else {
        greeting = McpMethod.INITIALIZE.text().equals(message.method());
        post(message, Buffer.buffer(line));
      }
    } catch (EnvelopeReader.Unreadable e) {
      out.write(e.answer().toResponse(e.id()));
    }
  }

  /** Over HTTP a stateless request is cancelled by closing its stream. */
  private boolean isCancellation(Envelope message) {
    return "notifications/cancelled".equals(message.method()) && !headers.hasSession();
  }

  private void cancel(String requestId) {
    var request = inFlight.remove(requestId);
    if (request != null) {
      request.reset();
    }
  }

  private void post(Envelope message, Buffer body) {
    open++;
    http.request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(gateway.toString()))
        .compose(request -> send(message, request, body))
        .compose(response -> receive(message, response))
        .onFailure(failure -> unreachable(message, failure))
        .onComplete(done -> done(message));
  }

  private Future<HttpClientResponse> send(
      Envelope message, HttpClientRequest request, Buffer body) {
    headers.put(message, request.headers(), ModernEra.owns(message, null));
    if (message.kind() == Kind.REQUEST) {
      inFlight.put(message.id(), request);
    }
    return request.send(body);
  }

  private Future<Void> receive(Envelope message, HttpClientResponse response) {
    headers.remember(response.headers());
    if (BridgeHeaders.isStream(response)) {
      var events = new EventLines(out::write);
      response.handler(events::take);
      return response.end();
    }
    return response.body().onSuccess(body -> pass(message, response, body)).mapEmpty();
  }

  private void pass(Envelope message, HttpClientResponse response, Buffer body) {
    if (message.kind() != Kind.REQUEST) {
      return;
    }
    if (body.length() > 0 && body.getByte(0) == '{') {
      out.write(body);
    } else {
      var text = "The gateway at %s answered with HTTP status %d";
      answer(message, text.formatted(gateway, response.statusCode()));
    }
  }

  /** A request that was reset is one the client cancelled: it waits for no answer. */
  private void unreachable(Envelope message, Throwable failure) {
    if (message.kind() == Kind.REQUEST && !(failure instanceof StreamResetException)) {
      answer(message, "The gateway at " + gateway + " does not answer: " + failure.getMessage());
    }
  }

  private void answer(Envelope message, String why) {
    out.write(McpException.fromProvider(-32603, why, null).toResponse(message.id()));
  }

  private void done(Envelope message) {
    if (message.id() != null) {
      inFlight.remove(message.id());
    }
    open--;
    if (McpMethod.INITIALIZE.text().equals(message.method())) {
      greeting = false;
      takeWaiting();
    }
    endIfDone();
  }

  private void takeWaiting() {
    while (!greeting && !waiting.isEmpty()) {
      take(waiting.remove());
    }
  }

  private void finish() {
    finishing = true;
    endIfDone();
    vertx.setTimer(FINISH_MILLIS, overdue -> giveUp());
  }

  private void endIfDone() {
    if (finishing && open == 0) {
      ended.tryComplete();
    }
  }

  /** Whoever still waits is told, rather than left without a word. */
  private void giveUp() {
    var why = "The gateway at " + gateway + " did not answer before the end of the input";
    inFlight
        .keySet()
        .forEach(id -> out.write(McpException.fromProvider(-32603, why, null).toResponse(id)));
    ended.tryComplete();
  }
}
