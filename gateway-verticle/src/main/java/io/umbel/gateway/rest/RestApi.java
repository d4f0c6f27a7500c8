package io.umbel.gateway.rest;

import io.umbel.contract.CorrelationId;
import io.umbel.gateway.identity.Identified;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes at {@code /api/v1}: one for each operation of the contract, with everything around it
 * that is the same for all.
 */
public final class RestApi {

  /** Where the contract is served. */
  public static final String DESCRIPTION = "/api/v1/openapi.json";

  private static final String ALL = "/api/v1/*";
  static final String CORRELATION = "X-Correlation-Id";
  private static final Logger LOG = LoggerFactory.getLogger(RestApi.class);

  private final RestGate gate;
  private final Contract contract;
  private final Map<String, RestHandler> handlers = new HashMap<>();

  /**
   * The API with these routes.
   *
   * @throws IllegalStateException if they are not exactly those of the contract
   */
  RestApi(RestGate gate, Contract contract, List<RestRoutes> routes) {
    this.gate = gate;
    this.contract = contract;
    routes.forEach(some -> handlers.putAll(some.operations()));
    var promised = contract.operations().stream()
        .filter(Operation::needsToken)
        .map(Operation::id)
        .collect(Collectors.toCollection(TreeSet::new));
    if (!promised.equals(handlers.keySet())) {
      throw new IllegalStateException(
          "The contract has " + promised + ", the routes " + new TreeSet<>(handlers.keySet()));
    }
  }

  /** Hangs all of it on that router. */
  public void routeOn(Router router) {
    router.get(DESCRIPTION).handler(this::describe);
    for (var operation : contract.operations()) {
      if (operation.needsToken()) {
        router
            .route(operation.method(), operation.path())
            .handler(context -> handle(operation, context));
      }
    }
    router.route(ALL).handler(this::elsewhere);
  }

  private void describe(RoutingContext context) {
    answer(context, 200, "application/json").end(contract.text());
  }

  /** The body is read first, whatever it is worth, so that the client gets to read the answer. */
  private void handle(Operation operation, RoutingContext context) {
    var request = context.request();
    gate.bodies()
        .apply(request)
        .compose(body -> identified(request).compose(who -> run(operation, context, who, body)))
        .onSuccess(answer -> write(context, answer))
        .onFailure(why -> refuse(context, why));
  }

  /** The place for whatever else a request has to pass, such as rate limits. */
  private Future<Identified> identified(HttpServerRequest request) {
    gate.source().accept(request);
    return gate.identity().apply(request);
  }

  private Future<RestAnswer> run(
      Operation operation, RoutingContext context, Identified who, byte[] body) {
    operation.admit(who.caller());
    var request =
        new RequestReader(operation, context).read(who.caller(), correlation(context), body);
    return handlers.get(operation.id()).handle(request);
  }

  private void elsewhere(RoutingContext context) {
    var allowed = new ArrayList<String>();
    for (var operation : contract.operations()) {
      var pattern = operation.path().replaceAll(":\\w+", "[^/]+");
      if (context.normalizedPath().matches(pattern.replace(".", "\\."))) {
        allowed.add(operation.method().name());
      }
    }
    gate.bodies()
        .apply(context.request())
        .onComplete(read -> refuse(
            context,
            allowed.isEmpty()
                ? Problem.nothingHere(context.normalizedPath())
                : Problem.wrongMethod(String.join(", ", allowed))));
  }

  private static void write(RoutingContext context, RestAnswer answer) {
    var response = answer(context, answer.status(), "application/json");
    if (answer.etag() != null) {
      response.putHeader(HttpHeaders.ETAG, answer.etag());
    }
    if (answer.location() != null) {
      response.putHeader(HttpHeaders.LOCATION, answer.location());
    }
    if (answer.body() == null) {
      response.headers().remove(HttpHeaders.CONTENT_TYPE);
      response.end();
    } else {
      response.end(answer.body());
    }
  }

  private void refuse(RoutingContext context, Throwable why) {
    var correlation = correlation(context);
    var problem = Failures.problem(why);
    if (problem.status() == 500) {
      LOG.atError()
          .addKeyValue("correlation_id", correlation)
          .setCause(why)
          .log("A request could not be answered");
    }
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    var response = answer(context, problem.status(), "application/problem+json");
    problem
        .headers()
        .forEach((name, value) -> response.putHeader(
            name, McpException.CHALLENGE.equals(name) ? gate.challenge().apply(value) : value));
    if (problem.status() == 413 && !context.request().isEnded()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response.end(problem.toJson(correlation).toBuffer());
  }

  private static HttpServerResponse answer(RoutingContext context, int status, String type) {
    return context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_TYPE, type);
  }

  /** The one that the answer carries already. */
  private static String correlation(RoutingContext context) {
    var given = context.response().headers().get(CORRELATION);
    return given == null ? CorrelationId.from(null) : given;
  }
}
