package io.umbel.conformance.through;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/** Stands before a server of both eras and lets nothing through that is newer than sessions. */
final class LegacyFront implements AutoCloseable {

  private final HttpClient client;
  private final HttpServer server;
  private final URI behind;

  LegacyFront(Vertx vertx, URI behind) {
    this.behind = behind;
    this.client = vertx.createHttpClient();
    this.server = vertx
        .createHttpServer()
        .requestHandler(this::take)
        .listen(0, "127.0.0.1")
        .await();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + behind.getPath());
  }

  @Override
  public void close() {
    server.close().await();
    client.close().await();
  }

  private void take(HttpServerRequest request) {
    request.body().onSuccess(body -> {
      if (body.toString().contains("io.modelcontextprotocol/protocolVersion")) {
        request.response().setStatusCode(400).end();
      } else {
        pass(request, body);
      }
    });
  }

  private void pass(HttpServerRequest request, Buffer body) {
    var options = new RequestOptions()
        .setMethod(request.method())
        .setHost(behind.getHost())
        .setPort(behind.getPort())
        .setURI(request.uri());
    client
        .request(options)
        .compose(onward -> send(request, body, onward))
        .onFailure(lost -> request.connection().close());
  }

  private static Future<Void> send(
      HttpServerRequest request, Buffer body, HttpClientRequest onward) {
    request.headers().forEach(header -> {
      if (!header.getKey().equalsIgnoreCase("host")
          && !header.getKey().equalsIgnoreCase("content-length")) {
        onward.putHeader(header.getKey(), header.getValue());
      }
    });
    request.connection().closeHandler(gone -> onward.connection().close());
    return onward.send(body).compose(answer -> {
      request.response().setStatusCode(answer.statusCode());
      answer
          .headers()
          .forEach(header -> request.response().putHeader(header.getKey(), header.getValue()));
      return answer.pipeTo(request.response());
    });
  }
}
