package io.umbel.launcher.client;

import io.umbel.launcher.exit.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Asks a gateway over REST. Every failure is a {@link Refusal} with a sentence. */
public final class RestClient {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int PATIENCE_SECONDS = 60;

  private final HttpClient http;
  private final URI gateway;
  private final String token;

  /**
   * A client of that gateway.
   *
   * @param gateway any URL of it; only host and port count
   * @param token sent as a bearer token, or null
   */
  public RestClient(Vertx vertx, URI gateway, String token) {
    this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
    this.gateway = gateway;
    this.token = token;
  }

  /**
   * What is answered: an object or an array.
   *
   * @param body or null
   */
  public Object ask(HttpMethod method, String path, JsonObject body) {
    var options = new RequestOptions()
        .setMethod(method)
        .setAbsoluteURI(gateway.resolve(path).toString());
    return http.request(options)
        .compose(request -> send(request, body))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .recover(failure -> Future.failedFuture(
            failure instanceof Refusal
                ? failure
                : Refusal.unreachable(gateway, Refusal.reason(failure))))
        .await();
  }

  private Future<Object> send(HttpClientRequest request, JsonObject body) {
    if (token != null) {
      request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    }
    var sent = body == null
        ? request.send()
        : request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").send(body.toBuffer());
    return sent.compose(
        response -> response.body().map(answer -> read(response.statusCode(), answer)));
  }

  private Object read(int status, Buffer answer) {
    var json = json(status, answer);
    if (status < 400) {
      return json;
    }
    if (status == 401) {
      throw Refusal.unauthorized(gateway, token != null);
    }
    var problem = json instanceof JsonObject object ? object : new JsonObject();
    if (status == 403) {
      throw Refusal.forbidden(gateway, problem.getString("detail", "status 403"));
    }
    throw Refusal.failed(words(status, problem));
  }

  private Object json(int status, Buffer answer) {
    try {
      return answer.length() == 0 ? new JsonObject() : Json.decodeValue(answer);
    } catch (DecodeException e) {
      throw Refusal.unreachable(
          gateway, "what is there is no gateway of Umbel (HTTP status " + status + ")");
    }
  }

  private static String words(int status, JsonObject problem) {
    var all = problem.getJsonArray("violations", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .map(each -> "\n  " + each.getString("pointer", each.getString("parameter", "")) + " "
            + each.getString("message"))
        .collect(Collectors.joining());
    return problem.getString("detail", "The gateway answers with HTTP status " + status) + all;
  }
}
