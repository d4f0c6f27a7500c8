package io.umbel.registry.upstream.oauth;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.http.Exchange;
import io.umbel.registry.upstream.http.Sending;
import io.umbel.registry.upstream.http.Web;
import io.umbel.registry.upstream.rpc.Messages;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** JSON that is read from the web, or answered to a form. */
final class Documents {

  private static final long TIMEOUT_MILLIS = 10_000;

  private final Web web;

  Documents(Web web) {
    this.web = web;
  }

  /**
   * What came.
   *
   * @param status of HTTP
   * @param json empty where it was none
   */
  record Document(int status, JsonObject json) {}

  /** The first that is there; fails where one cannot be asked for. */
  Future<Optional<JsonObject>> first(List<URI> urls) {
    if (urls.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    var headers = MultiMap.caseInsensitiveMultiMap().set("Accept", "application/json");
    return exchange(new Sending(HttpMethod.GET, urls.get(0), headers, null))
        .compose(document -> document.status() == 200 && !document.json().isEmpty()
            ? Future.succeededFuture(Optional.of(document.json()))
            : first(urls.subList(1, urls.size())));
  }

  /** What a form is answered with. */
  Future<Document> post(URI url, MultiMap headers, Buffer form) {
    headers
        .set("Accept", "application/json")
        .set("Content-Type", "application/x-www-form-urlencoded");
    return exchange(new Sending(HttpMethod.POST, url, headers, form));
  }

  private Future<Document> exchange(Sending sending) {
    var exchange = new Exchange(web);
    return exchange
        .send(sending)
        .compose(answer ->
            exchange.body(answer).map(body -> new Document(answer.statusCode(), json(body))))
        .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .onFailure(why -> exchange.abort());
  }

  private static JsonObject json(Buffer body) {
    try {
      return Messages.object(body);
    } catch (UpstreamFailure garbage) {
      return new JsonObject();
    }
  }
}
