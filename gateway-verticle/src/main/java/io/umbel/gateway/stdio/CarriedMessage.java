package io.umbel.gateway.stdio;

import io.umbel.gateway.modern.ModernEra;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.Envelope.Kind;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.Notifications;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/**
 * One message on its way to the gateway and back: a POST, whose answer or events become lines.
 * Whatever comes of it, a request that was not cancelled gets one answer that bears its id.
 */
final class CarriedMessage {

  private final Envelope message;
  private final Buffer body;
  private final Way way;
  private final boolean stateless;
  private HttpClientRequest request;
  private boolean cancelled;
  private boolean answered;
  private boolean repeated;

  /** What all messages of one bridge share. */
  record Way(HttpClientAgent http, URI gateway, BridgeHeaders headers, LineWriter out) {}

  CarriedMessage(Envelope message, Buffer body, Way way) {
    this.message = message;
    this.body = body;
    this.way = way;
    this.stateless = ModernEra.owns(message, null);
  }

  /** Carries it; fails with {@link SessionLost} where it can be carried again in a new session. */
  Future<Void> carry() {
    return way.http()
        .request(new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(way.gateway().toString()))
        .compose(this::send)
        .compose(this::receive)
        .recover(this::failed);
  }

  /** The same once more. */
  Future<Void> carryAgain() {
    repeated = true;
    return carry();
  }

  /**
   * Nobody waits for the answer any longer. Over HTTP, a stateless request is cancelled by closing
   * its stream.
   *
   * @return whether the gateway knows with this; otherwise it is yet to be told
   */
  boolean cancel() {
    cancelled = true;
    if (stateless && request != null) {
      request.reset();
    }
    return stateless;
  }

  /** Answers with an error, unless there is an answer already. */
  void tell(String why) {
    if (message.kind() == Kind.REQUEST && !cancelled && !answered) {
      answered = true;
      way.out().write(McpException.fromProvider(-32603, why, null).toResponse(message.id()));
    }
  }

  private Future<HttpClientResponse> send(HttpClientRequest ready) {
    request = ready;
    ready.exceptionHandler(known -> {}); // the response's future tells the same
    if (cancelled) {
      ready.reset();
      return Future.failedFuture("cancelled");
    }
    way.headers().put(message, ready.headers(), stateless);
    return ready.send(body);
  }

  private Future<Void> receive(HttpClientResponse response) {
    if (response.statusCode() == 404 && way.headers().hasSession() && isRepeatable()) {
      return response.end().compose(end -> Future.failedFuture(new SessionLost()));
    }
    way.headers().remember(response.headers());
    if (BridgeHeaders.isStream(response)) {
      var events = new EventLines(this::pass);
      response.handler(events::take);
      return response.end().onSuccess(end -> tell(unanswered("ended its stream")));
    }
    return response
        .body()
        .onSuccess(whole -> passAnswer(whole, response.statusCode()))
        .mapEmpty();
  }

  private boolean isRepeatable() {
    return message.kind() == Kind.REQUEST && !stateless && !repeated;
  }

  /** One event, of which the last one is the answer. */
  private void pass(Buffer event) {
    if (!cancelled && !answered) {
      way.out().write(event);
      answered = isAnswer(event);
      if (answered && isListen() && event.toJsonObject().containsKey("result")) {
        sayCancelled();
      }
    }
  }

  /** On stdio a server that ends what a client listens to says so in both of the ways it can. */
  private void sayCancelled() {
    var params = Buffer.buffer("{\"requestId\":" + message.id() + "}");
    way.out().write(Notifications.of("notifications/cancelled", params));
  }

  private boolean isListen() {
    return McpMethod.SUBSCRIPTIONS_LISTEN.text().equals(message.method());
  }

  private void passAnswer(Buffer whole, int status) {
    var json = whole.length() > 0 && whole.getByte(0) == '{';
    if (message.kind() == Kind.REQUEST && json && (status == 200 || isAnswer(whole))) {
      pass(whole);
      answered = true;
    } else {
      tell("The gateway at %s answered with HTTP status %d%s"
          .formatted(way.gateway(), status, json ? reason(whole) : ""));
    }
  }

  private boolean isAnswer(Buffer json) {
    try {
      var read = EnvelopeReader.read(json.getBytes());
      return read.kind() == Kind.RESPONSE && read.id() != null && read.id().equals(message.id());
    } catch (EnvelopeReader.Unreadable e) {
      return false;
    }
  }

  /** What a refusal says that bears no id. */
  private static String reason(Buffer json) {
    try {
      return json.toJsonObject().getValue("error") instanceof JsonObject error
          ? ": " + error.getString("message")
          : "";
    } catch (DecodeException e) {
      return "";
    }
  }

  private Future<Void> failed(Throwable failure) {
    if (failure instanceof SessionLost) {
      return Future.failedFuture(failure);
    }
    tell(unanswered(failure.getMessage()));
    return Future.succeededFuture();
  }

  private String unanswered(String why) {
    return "The gateway at " + way.gateway() + " does not answer: " + why;
  }

  /** The gateway knows this session no longer. */
  static final class SessionLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SessionLost() {
      super("session lost", null, false, false);
    }
  }
}
