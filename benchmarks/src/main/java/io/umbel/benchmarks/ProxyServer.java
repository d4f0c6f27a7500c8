package io.umbel.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Set;

/** The least that Vert.x does to pass a POST on: the yardstick where there is no nginx. */
public final class ProxyServer {

  private static final int CONNECTIONS = 128;
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "connection", "content-length", "transfer-encoding");

  private final HttpClient client;
  private final int target;

  private ProxyServer(HttpClient client, int target) {
    this.client = client;
    this.target = target;
  }

  /**
   * Listens on loopback until it is killed.
   *
   * @param args the port, and that of the server behind
   */
  public static void main(String[] args) {
    var vertx = Vertx.vertx();
    var client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    var proxy = new ProxyServer(client, Integer.parseInt(args[1]));
    vertx
        .createHttpServer()
        .requestHandler(proxy::pass)
        .listen(Integer.parseInt(args[0]), "127.0.0.1")
        .onFailure(ProxyServer::exit);
  }

  private void pass(HttpServerRequest request) {
    var options = new RequestOptions()
        .setMethod(request.method())
        .setHost("127.0.0.1")
        .setPort(target)
        .setURI(request.uri());
    request
        .body()
        .compose(body -> client.request(options).compose(onward -> send(request, body, onward)))
        .onFailure(lost -> request.response().setStatusCode(502).end());
  }

  private static Future<Void> send(
      HttpServerRequest request, Buffer body, HttpClientRequest onward) {
    request.headers().forEach(header -> {
      if (!OF_THE_CONNECTION.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
        onward.putHeader(header.getKey(), header.getValue());
      }
    });
    HttpServerResponse response = request.response();
    return onward.send(body).compose(answer -> {
      response.setStatusCode(answer.statusCode());
      response.putHeader("Content-Type", answer.getHeader("Content-Type"));
      return answer.body().compose(response::end);
    });
  }

  private static void exit(Throwable failure) {
    System.err.println(failure);
    System.exit(1);
  }
}
