package io.umbel.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * The yardstick: the least that Vert.x does to answer a POST. The body comes back as it is; at
 * {@link #PADDED} with {@link LargeTools#BYTES} bytes of white space behind it, which JSON allows.
 */
public final class EchoServer {

  /** Where the answers are large. */
  static final String PADDED = "/padded";

  private static final Buffer PADDING = Buffer.buffer(" ".repeat(LargeTools.BYTES));

  private EchoServer() {}

  /**
   * Listens on loopback until it is killed.
   *
   * @param args the port
   */
  public static void main(String[] args) {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(EchoServer::answer)
        .listen(Integer.parseInt(args[0]), "127.0.0.1")
        .onFailure(EchoServer::exit);
  }

  private static void answer(HttpServerRequest request) {
    var response = request.response().putHeader("Content-Type", "application/json");
    if (request.path().equals(PADDED)) {
      request.body().onSuccess(body -> pad(response, body));
    } else {
      request.body().onSuccess(response::end);
    }
  }

  private static void pad(HttpServerResponse response, Buffer body) {
    var length = Integer.toString(body.length() + PADDING.length());
    response.putHeader("Content-Length", length);
    response.write(body);
    response.end(PADDING);
  }

  private static void exit(Throwable failure) {
    System.err.println(failure);
    System.exit(1);
  }
}
