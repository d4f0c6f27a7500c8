package io.umbel.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Random;

/** How a server answers calls; what it is and has, each says at once. */
enum Manners {
  /** At once, and rightly. */
  GOOD {
    @Override
    void call(Vertx vertx, HttpServerRequest request, Buffer body) {
      SwiftServer.answer(request.response(), body);
    }
  },

  /** Rightly, after longer than anybody waits. */
  LATE {
    @Override
    void call(Vertx vertx, HttpServerRequest request, Buffer body) {
      vertx.setTimer(25_000, passed -> SwiftServer.answer(request.response(), body));
    }
  },

  /** Not at all. */
  HANGING {
    @Override
    void call(Vertx vertx, HttpServerRequest request, Buffer body) {
      // That is all.
    }
  },

  /** With bytes that mean nothing. */
  GARBAGE {
    @Override
    void call(Vertx vertx, HttpServerRequest request, Buffer body) {
      var bytes = new byte[10_000];
      new Random(body.length()).nextBytes(bytes);
      json(request).end(Buffer.buffer(bytes));
    }
  },

  /** Rightly, but every other second it is gone. */
  DYING {
    @Override
    void call(Vertx vertx, HttpServerRequest request, Buffer body) {
      SwiftServer.answer(request.response(), body);
    }

    @Override
    void listen(Vertx vertx, int port) {
      serve(vertx, port)
          .onSuccess(server -> vertx.setTimer(
              1_000,
              passed -> server
                  .close()
                  .onComplete(gone -> vertx.setTimer(1_000, again -> listen(vertx, port)))));
    }
  },

  /** With a hundred mebibytes. */
  FLOODING {
    @Override
    void call(Vertx vertx, HttpServerRequest request, Buffer body) {
      pour(json(request).setChunked(true), 100);
    }

    private void pour(HttpServerResponse response, int left) {
      if (left == 0) {
        response.end();
      } else {
        response.write(MEBIBYTE).onSuccess(written -> pour(response, left - 1));
      }
    }
  };

  private static final Buffer MEBIBYTE = Buffer.buffer(" ".repeat(1024 * 1024));

  abstract void call(Vertx vertx, HttpServerRequest request, Buffer body);

  /** Begins to serve on loopback. */
  void listen(Vertx vertx, int port) {
    serve(vertx, port).onFailure(failure -> {
      System.err.println(failure);
      System.exit(1);
    });
  }

  final io.vertx.core.Future<HttpServer> serve(Vertx vertx, int port) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> request.body().onSuccess(body -> {
          if (body.toString().contains("\"tools/call\"")) {
            call(vertx, request, body);
          } else {
            SwiftServer.answer(request.response(), body);
          }
        }))
        .listen(port, "127.0.0.1");
  }

  private static HttpServerResponse json(HttpServerRequest request) {
    return request.response().putHeader("Content-Type", "application/json");
  }
}
