package io.umbel.gateway.stdio;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that keeps what it is asked until a test answers, in pieces if it likes. */
final class StreamingServer {

  private final int port;
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

  /** What it was asked, and where to answer. */
  record Asked(MultiMap headers, Buffer body, HttpServerResponse response) {
    /** Begins an event stream with that piece. */
    void stream(String piece) {
      response.setChunked(true).putHeader("Content-Type", "text/event-stream");
      response.write(piece).await();
    }

    void answer(int status, String json) {
      response.setStatusCode(status).putHeader("Content-Type", "application/json");
      response.end(json).await();
    }
  }

  StreamingServer(Vertx vertx) {
    port = vertx
        .createHttpServer()
        .requestHandler(this::take)
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/mcp");
  }

  Asked next() throws InterruptedException {
    var next = asked.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nobody asked anything");
    }
    return next;
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> asked.add(new Asked(request.headers(), body, request.response())));
  }
}
