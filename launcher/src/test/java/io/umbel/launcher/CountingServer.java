package io.umbel.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An MCP server with sessions that counts them, and who calls in which. It answers no call before
 * so many are there, or a moment has passed: whoever asks two nodes at once can tell that it did.
 */
final class CountingServer implements AutoCloseable {

  private static final long MOMENT_MILLIS = 300;
  private static final JsonObject INITIALIZED = new JsonObject("""
      {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}},
       "serverInfo": {"name": "counting", "version": "1"}}""");
  private static final JsonObject TOOLS = new JsonObject("""
      {"tools": [{"name": "count", "description": "Counts.", "inputSchema": {"type": "object"}}]}""");

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer http;
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final List<String> ended = new CopyOnWriteArrayList<>();
  private final List<Visit> calls = new CopyOnWriteArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private volatile int together = 2;

  /** One call: the session that it came in, and what it was allowed by. */
  record Visit(String session, String authorization) {}

  /** @param isForCalls whether clients that can be asked nothing call in it */
  private record Session(String id, boolean isForCalls) {}

  CountingServer() {
    http = vertx
        .createHttpServer()
        .requestHandler(request -> request.body().onSuccess(body -> take(request, body)))
        .listen(0, "127.0.0.1")
        .await();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + http.actualPort() + "/mcp");
  }

  /** Holds each call until so many wait. */
  void holdUntil(int calls) {
    together = calls;
  }

  List<Visit> calls() {
    return List.copyOf(calls);
  }

  /** How many sessions clients' calls have been given so far. */
  long openedForCalls() {
    return sessions.stream().filter(Session::isForCalls).count();
  }

  boolean hasEnded(String session) {
    return ended.contains(session);
  }

  /** Whether nobody is connected any longer. */
  boolean isLeft() {
    return sessions.stream().allMatch(session -> hasEnded(session.id()));
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private void take(HttpServerRequest request, Buffer body) {
    var session = request.getHeader("Mcp-Session-Id");
    if (request.method().equals(HttpMethod.POST)) {
      answer(request, body.toJsonObject(), session);
    } else if (request.method().equals(HttpMethod.DELETE)) {
      ended.add(session);
      request.response().end();
    } else {
      request.response().setStatusCode(405).end();
    }
  }

  private void answer(HttpServerRequest request, JsonObject message, String session) {
    switch (message.getString("method", "")) {
      case "initialize" -> open(request, message);
      case "tools/list" -> result(request, message, TOOLS);
      case "tools/call" -> call(request, message, session);
      case "ping" -> result(request, message, new JsonObject());
      case "server/discover" -> request.response().setStatusCode(400).end();
      default -> request.response().setStatusCode(202).end();
    }
  }

  private void open(HttpServerRequest request, JsonObject message) {
    var session = "session-" + (sessions.size() + 1);
    var abilities = message.getJsonObject("params").getJsonObject("capabilities");
    sessions.add(new Session(session, abilities.isEmpty()));
    request.response().putHeader("Mcp-Session-Id", session);
    result(request, message, INITIALIZED);
  }

  private void call(HttpServerRequest request, JsonObject message, String session) {
    calls.add(new Visit(session, request.getHeader("Authorization")));
    var content = new JsonArray().add(JsonObject.of("type", "text", "text", session));
    held.add(() -> result(request, message, new JsonObject().put("content", content)));
    if (held.size() >= together) {
      release();
    } else if (held.size() == 1) {
      vertx.setTimer(MOMENT_MILLIS, passed -> release());
    }
  }

  private void release() {
    var now = List.copyOf(held);
    held.clear();
    now.forEach(Runnable::run);
  }

  private static void result(HttpServerRequest request, JsonObject message, JsonObject result) {
    var answer = new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", message.getValue("id"))
        .put("result", result);
    request.response().putHeader("Content-Type", "application/json").end(answer.toBuffer());
  }
}
