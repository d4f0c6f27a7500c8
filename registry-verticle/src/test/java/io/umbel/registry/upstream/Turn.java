package io.umbel.registry.upstream;

import io.umbel.registry.upstream.PlayedServer.Seen;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;

/** A server's turn to say something to one request. */
public final class Turn {

  private final Seen seen;
  private final HttpServerResponse response;
  private final HttpVersion version;

  Turn(Seen seen, HttpServerRequest request) {
    this.seen = seen;
    this.response = request.response();
    this.version = request.version();
  }

  public HttpVersion version() {
    return version;
  }

  public Seen seen() {
    return seen;
  }

  public HttpServerResponse response() {
    return response;
  }

  public Turn header(String name, String value) {
    response.putHeader(name, value);
    return this;
  }

  public Future<Void> status(int status) {
    return response.setStatusCode(status).end();
  }

  public void result(JsonObject result) {
    json(200, answer(result));
  }

  public void error(int status, int code, String message) {
    json(status, error(code, message));
  }

  public void json(int status, JsonObject json) {
    body(status, "application/json", json.toBuffer());
  }

  public void body(int status, String type, Buffer body) {
    response.setStatusCode(status).putHeader("Content-Type", type).end(body);
  }

  /** Begins a stream. */
  public Turn stream() {
    response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    response.writeHead();
    return this;
  }

  public Turn event(JsonObject message) {
    return raw("event: message\ndata: " + message.encode() + "\n\n");
  }

  public Turn event(String id, JsonObject message) {
    return raw("id: " + id + "\ndata: " + (message == null ? "" : message.encode()) + "\n\n");
  }

  public Turn raw(String text) {
    response.write(text);
    return this;
  }

  public void end() {
    response.end();
  }

  /** The answer to the request. */
  public JsonObject answer(JsonObject result) {
    return new JsonObject().put("jsonrpc", "2.0").put("id", seen.id()).put("result", result);
  }

  /** An error as the answer to the request. */
  public JsonObject error(int code, String message) {
    var error = new JsonObject().put("code", code).put("message", message);
    return new JsonObject().put("jsonrpc", "2.0").put("id", seen.id()).put("error", error);
  }

  /** Something said without being asked. */
  public static JsonObject notification(String method, JsonObject params) {
    return new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", params);
  }

  /** Something asked. */
  public static JsonObject request(Object id, String method, JsonObject params) {
    return notification(method, params).put("id", id);
  }
}
