package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.UpstreamSettings;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.JsonObject;

/** Brings requests to one server, with what is to be shown there. */
final class Courier {

  private final Web web;
  private final Credential credential;

  Courier(Web web, Credential credential) {
    this.web = web;
    this.credential = credential;
  }

  Exchange exchange() {
    return new Exchange(web);
  }

  UpstreamSettings.Bounds bounds() {
    return web.bounds();
  }

  /** The head of an answer that says something other than that it could not be given. */
  Future<HttpClientResponse> send(Sending sending, Exchange exchange) {
    return shown(sending)
        .compose(exchange::send)
        .compose(answer -> answer.statusCode() == 401
            ? renewed(answer, sending, exchange)
            : Future.succeededFuture(answer))
        .compose(answer -> checked(answer, exchange));
  }

  /** The same, with the id by which the client's request is found in logs. */
  static MultiMap traced(MultiMap headers, JsonObject message) {
    if (message.getValue("params") instanceof JsonObject params
        && params.getValue("_meta") instanceof JsonObject meta
        && meta.getValue("io.umbel/correlationId") instanceof String id) {
      headers.set("X-Correlation-Id", id);
    }
    return headers;
  }

  private Future<Sending> shown(Sending sending) {
    return credential.show(sending.headers()).map(sending);
  }

  private Future<HttpClientResponse> renewed(
      HttpClientResponse answer, Sending sending, Exchange exchange) {
    exchange.discard(answer);
    return credential
        .renew(answer)
        .compose(other ->
            other ? shown(sending).compose(exchange::send) : Future.succeededFuture(answer));
  }

  private static Future<HttpClientResponse> checked(HttpClientResponse answer, Exchange exchange) {
    var failure = Statuses.failure(answer);
    if (failure == null) {
      return Future.succeededFuture(answer);
    }
    exchange.discard(answer);
    return Future.failedFuture(failure);
  }

  /** Headers of a request that has a body. */
  static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap()
        .set("Content-Type", "application/json")
        .set("Accept", "application/json, text/event-stream");
  }

  /** Headers of a request for a stream. */
  static MultiMap streamHeaders() {
    return MultiMap.caseInsensitiveMultiMap().set("Accept", "text/event-stream");
  }
}
