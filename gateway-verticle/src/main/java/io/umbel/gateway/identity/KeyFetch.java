package io.umbel.gateway.identity;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * One GET for an identity provider's keys: certificates are checked, redirects not followed, time
 * and size bounded.
 */
final class KeyFetch {

  private static final int CONNECT_MILLIS = 3_000;
  private static final long ANSWER_MILLIS = 5_000;
  private static final int MAX_BYTES = 256 * 1024;

  private final HttpClient http;
  private final URI url;

  KeyFetch(Vertx vertx, URI url) {
    this.url = url;
    this.http = vertx.createHttpClient(
        new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAlive(false));
  }

  /** The key set. */
  Future<JsonObject> read() {
    var request = new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setAbsoluteURI(url.toString())
        .setFollowRedirects(false)
        .setTimeout(ANSWER_MILLIS)
        .putHeader("Accept", "application/json");
    return http.request(request)
        .compose(ready -> ready
            .send()
            .compose(KeyFetch::body)
            .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
            .onFailure(failure -> ready.reset()))
        .map(JsonObject::new);
  }

  void close() {
    http.close();
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    var all = Buffer.buffer();
    var read = Promise.<Buffer>promise();
    response.exceptionHandler(read::tryFail);
    if (response.statusCode() != 200) {
      return Future.failedFuture("HTTP status " + response.statusCode());
    }
    response.handler(piece -> {
      if (all.length() + piece.length() > MAX_BYTES) {
        read.tryFail("it is larger than " + MAX_BYTES + " bytes");
      } else {
        all.appendBuffer(piece);
      }
    });
    response.endHandler(end -> read.tryComplete(all));
    return read.future();
  }
}
