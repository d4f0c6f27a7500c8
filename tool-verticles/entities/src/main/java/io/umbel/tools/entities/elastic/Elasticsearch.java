package io.umbel.tools.entities.elastic;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolFailure;
import io.umbel.outbound.Destinations;
import io.umbel.outbound.Outbound;
import io.umbel.outbound.OutboundFailure;
import io.umbel.outbound.OutboundFailure.Reason;
import io.umbel.outbound.Request;
import io.umbel.tools.entities.find.Backend;
import io.umbel.tools.entities.find.Found;
import io.umbel.tools.entities.find.Wanted;
import io.umbel.tools.entities.settings.EntitySettings;
import io.umbel.tools.entities.settings.EntityType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entities in an Elasticsearch (7.10 or later) or OpenSearch: an index for each account and type.
 * It only reads, so what fails in passing is asked again, three times at most.
 */
public final class Elasticsearch implements Backend {

  /** How long one answer is waited for. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Elasticsearch.class);
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final int RETRIES = 3;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final Vertx vertx;
  private final EntitySettings.Server server;
  private final SearchBody body;
  private final String authorization;
  private final Outbound outbound;

  /**
   * On this server, which the operator chose, wherever it is.
   *
   * @param key an API key, or user and password with a colon between; null for neither
   * @param patience how long one answer is waited for
   */
  public Elasticsearch(Vertx vertx, EntitySettings.Server server, String key, Duration patience) {
    this.vertx = vertx;
    this.server = server;
    this.body = new SearchBody(server.sortBy());
    this.authorization = key == null ? null : authorization(key);
    this.outbound = new Outbound(
        vertx,
        new Destinations(vertx, List.of()).with(server.url()),
        new Outbound.Bounds(patience, MOST_BYTES));
  }

  @Override
  public String name() {
    return server.backend();
  }

  /** It may come later than this. */
  @Override
  public Future<?> open() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Found> find(String account, EntityType type, Wanted wanted) {
    var url = URI.create("%s/%s/_search?allow_partial_search_results=false"
        .formatted(server.url(), IndexName.of(account, type.name())));
    return send(request(url, body.of(type, wanted)), RETRIES, FIRST_PAUSE_MILLIS)
        .map(answer -> answer.found(type))
        .recover(why -> Future.failedFuture(told(why)));
  }

  @Override
  public Future<?> close() {
    return outbound.close();
  }

  private Request request(URI url, JsonObject body) {
    var request = Request.send(HttpMethod.POST, url, body);
    return authorization == null ? request : request.with("Authorization", authorization);
  }

  private Future<SearchAnswer> send(Request request, int retries, long pause) {
    return outbound
        .send(request)
        .map(SearchAnswer::new)
        .compose(
            answer -> answer.isPassing() && retries > 0
                ? again(request, retries, pause)
                : Future.succeededFuture(answer),
            why -> isPassing(why) && retries > 0
                ? again(request, retries, pause)
                : Future.failedFuture(why))
        .onSuccess(Elasticsearch::tell);
  }

  private Future<SearchAnswer> again(Request request, int retries, long pause) {
    return vertx
        .timer(pause, TimeUnit.MILLISECONDS)
        .compose(over -> send(request, retries - 1, pause * 2));
  }

  /** Who has waited for the whole time waits no longer. */
  private static boolean isPassing(Throwable why) {
    return why instanceof OutboundFailure failure && failure.reason() == Reason.UNREACHABLE;
  }

  private static void tell(SearchAnswer answer) {
    if (!answer.answer().isGood() && !answer.isNoIndex()) {
      LOG.warn("Elasticsearch: HTTP status {} {}", answer.answer().status(), answer.reason());
    }
  }

  private static Throwable told(Throwable why) {
    if (!(why instanceof OutboundFailure failure)) {
      return why;
    }
    return switch (failure.reason()) {
      case TIMEOUT ->
        new ToolFailure(ErrorCode.UPSTREAM_TIMEOUT, "Elasticsearch did not answer in time", null);
      case TOO_LARGE ->
        new ToolFailure(
            ErrorCode.TOO_LARGE,
            "The entities found are too large for one answer; ask for fewer with limit",
            null);
      case BROKEN -> SearchAnswer.noHits();
      default -> new ToolFailure(ErrorCode.UPSTREAM_ERROR, "Elasticsearch cannot be reached", null);
    };
  }

  private static String authorization(String key) {
    return key.indexOf(':') > 0
        ? "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8))
        : "ApiKey " + key;
  }
}
