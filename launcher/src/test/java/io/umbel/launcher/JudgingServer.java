package io.umbel.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of chat completions that judges everything alike, for whoever has the key. */
final class JudgingServer implements AutoCloseable {

  static final String KEY = "sk-only-for-this-test";

  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();

  JudgingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  int asked() {
    return asked.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    var known = ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    var content =
        JsonObject.of("compliance_factor", 0.61, "reason", "So it is.").encode();
    var message = JsonObject.of("role", "assistant", "content", content);
    var body = JsonObject.of("choices", JsonArray.of(JsonObject.of("message", message)))
        .put("usage", JsonObject.of("total_tokens", 420))
        .encode()
        .getBytes(UTF_8);
    exchange.sendResponseHeaders(known ? 200 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
