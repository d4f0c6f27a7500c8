package io.umbel.gateway.rest;

import io.umbel.contract.Caller;
import io.umbel.contract.CorrelationId;
import io.umbel.gateway.call.ProviderRequests;
import io.umbel.gateway.call.ProviderRequests.Question;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.Function;

/**
 * Where trackers tell that something changed. They have no token: the family {@code issues} looks
 * whether what they sent is signed with the tracker's secret, over the very bytes that came.
 */
public final class WebhookDoor {

  /** The largest body; who sends more is refused, and the next sync has to do. */
  public static final int BODY_BYTES = 512 * 1024;

  private static final String PATH = "/api/v1/webhooks/:id";
  private static final String ISSUES = "issues";
  private static final String OPERATION = "receiveWebhook";
  private static final int NOT_TAKEN = 401;

  /** The account is in the tracker's row, and nowhere in the request. */
  private static final Caller NOBODY = new Caller("-", "webhook", null, null, Set.of());

  /** What kinds of trackers sign with, and how they call a delivery. */
  private static final Set<String> HEADERS = Set.of(
      "x-hub-signature-256",
      "x-hub-signature",
      "x-github-delivery",
      "x-gitlab-token",
      "x-gitlab-event-uuid",
      "idempotency-key",
      "x-atlassian-webhook-identifier");

  private final Guard guard;
  private final ProviderRequests providers;

  /**
   * What every delivery passes, as the HTTP server has it.
   *
   * @param admit fails where too many come from there, or what they sent was not taken too often
   * @param bodies reads a body within bounds
   * @param refused notes that one was not taken; fails where that happens too often
   */
  public record Guard(
      Function<HttpServerRequest, Future<Void>> admit,
      Function<HttpServerRequest, Future<byte[]>> bodies,
      Function<HttpServerRequest, Future<Void>> refused) {}

  public WebhookDoor(Guard guard, ProviderRequests providers) {
    this.guard = guard;
    this.providers = providers;
  }

  /** Hangs it on that router. */
  public void routeOn(Router router) {
    router.post(PATH).handler(this::handle);
  }

  private void handle(RoutingContext context) {
    var request = context.request();
    guard
        .bodies()
        .apply(request)
        .compose(body -> guard.admit().apply(request).map(body))
        .compose(body ->
            providers.ask(ISSUES, NOBODY, correlation(context), question(asked(context, body))))
        .compose(said -> told(request, said))
        .recover(why -> Future.failedFuture(ProviderRoutes.problem(ISSUES, why)))
        .onSuccess(body -> answer(context, 202, "application/json").end(body.toBuffer()))
        .onFailure(why -> refuse(context, Failures.problem(why)));
  }

  private static Question question(JsonObject asked) {
    return new Question(asked, false, ProviderRequests.PATIENCE);
  }

  private Future<JsonObject> told(HttpServerRequest request, JsonObject said) {
    int status = said.getInteger("status", 500);
    var body = said.getJsonObject("body", new JsonObject());
    if (status < 400) {
      return Future.succeededFuture(body);
    }
    var problem = ProviderProblem.told(status, body);
    return status == NOT_TAKEN
        ? guard.refused().apply(request).compose(noted -> Future.failedFuture(problem))
        : Future.failedFuture(problem);
  }

  private static JsonObject asked(RoutingContext context, byte[] body) {
    var headers = new JsonObject();
    HEADERS.forEach(name -> {
      var value = context.request().getHeader(name);
      if (value != null) {
        headers.put(name, value);
      }
    });
    var asked = JsonObject.of("operation", OPERATION, "id", context.pathParam("id"))
        .put("headers", headers)
        .put("body", body);
    var secret = context.queryParams().get("secret");
    return secret == null ? asked : asked.put("secret", secret);
  }

  private static void refuse(RoutingContext context, Problem problem) {
    var response = answer(context, problem.status(), "application/problem+json");
    problem.headers().forEach(response::putHeader);
    if (problem.status() == 413 && !context.request().isEnded()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response.end(problem.toJson(correlation(context)).toBuffer());
  }

  private static io.vertx.core.http.HttpServerResponse answer(
      RoutingContext context, int status, String type) {
    return context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_TYPE, type);
  }

  /** The one that the answer carries already. */
  private static String correlation(RoutingContext context) {
    var given = context.response().headers().get(RestApi.CORRELATION);
    return given == null ? CorrelationId.from(null) : given;
  }
}
