package io.umbel.tools.issues.sync;

import io.umbel.contract.ErrorCode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A tracker behind HTTP: issues that tests change, pages of a hundred, and every request on record.
 */
public final class SmallTracker implements AutoCloseable {

  static final int PAGE = 100;

  private final Map<String, Map<String, JsonObject>> projects = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final AtomicLong clock =
      new AtomicLong(Instant.parse("2026-03-01T08:00:00Z").getEpochSecond());
  private final AtomicInteger numbers = new AtomicInteger();
  private final HttpServer server;
  private volatile Predicate<String> broken = path -> false;
  private volatile Predicate<String> silent = path -> false;
  private volatile int retryAfterMillis;

  public SmallTracker(Vertx vertx) {
    server = vertx
        .createHttpServer()
        .requestHandler(this::answer)
        .listen(0, "127.0.0.1")
        .await();
  }

  public int port() {
    return server.actualPort();
  }

  /** An issue that is new or is to be like that; its number. */
  public String put(String project, String number, JsonObject fields) {
    var id = number == null ? String.valueOf(numbers.incrementAndGet()) : number;
    var now = Instant.ofEpochSecond(clock.addAndGet(7)).toString();
    projects
        .computeIfAbsent(project, key -> new ConcurrentHashMap<>())
        .compute(id, (key, before) -> {
          var issue = before == null
              ? JsonObject.of("number", id, "created", now, "comments", new JsonArray())
                  .put("description", "What is said of " + id)
                  .put("status", "open")
                  .put("labels", new JsonArray())
              : before.copy();
          return issue.mergeIn(fields).put("updated", now);
        });
    return id;
  }

  public String put(String project, String title) {
    return put(project, null, JsonObject.of("title", title));
  }

  void comment(String project, String number, String id, String body) {
    var comments = projects.get(project).get(number).getJsonArray("comments").copy();
    comments.add(JsonObject.of("id", id, "body", body, "author", "zoe")
        .put("at", Instant.ofEpochSecond(clock.addAndGet(1)).toString()));
    put(project, number, JsonObject.of("comments", comments));
  }

  public void remove(String project, String number) {
    projects.get(project).remove(number);
  }

  public void knows(String project) {
    projects.computeIfAbsent(project, key -> new ConcurrentHashMap<>());
  }

  /** Answers paths of that kind with 500. */
  public void breakAt(Predicate<String> paths) {
    broken = paths;
  }

  /** Never answers paths of that kind. */
  public void beSilentAt(Predicate<String> paths) {
    silent = paths;
  }

  void tellToWait(int millis) {
    retryAfterMillis = millis;
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  void forgetWhatWasAsked() {
    asked.clear();
  }

  @Override
  public void close() {
    server.close().await();
  }

  private void answer(HttpServerRequest request) {
    asked.add(request.uri());
    if (silent.test(request.uri())) {
      return;
    }
    if (retryAfterMillis > 0) {
      error(request, 429, JsonObject.of("retry_after_ms", retryAfterMillis));
      return;
    }
    if (broken.test(request.uri())) {
      error(request, 500, new JsonObject().put("code", ErrorCode.UPSTREAM_ERROR.name()));
      return;
    }
    var parts = request.path().split("/", -1);
    var issues = projects.get(parts[1]);
    if (issues == null) {
      error(request, 404, new JsonObject());
    } else if (parts.length == 3) {
      request.response().end(page(issues, request).toBuffer());
    } else if (issues.containsKey(parts[3])) {
      request.response().end(issues.get(parts[3]).toBuffer());
    } else {
      error(request, 404, new JsonObject());
    }
  }

  private static void error(HttpServerRequest request, int status, JsonObject body) {
    request.response().setStatusCode(status).end(body.toBuffer());
  }

  private static JsonObject page(Map<String, JsonObject> issues, HttpServerRequest request) {
    var since = request.getParam("since");
    var from = request.getParam("from") == null ? 0 : Integer.parseInt(request.getParam("from"));
    var all = issues.values().stream()
        .filter(issue -> since == null || issue.getString("updated").compareTo(since) >= 0)
        .sorted(Comparator.comparing((JsonObject issue) -> issue.getString("updated"))
            .thenComparing(issue -> Integer.valueOf(issue.getString("number"))))
        .toList();
    var page = all.stream().skip(from).limit(PAGE).toList();
    return JsonObject.of("issues", new JsonArray(page), "total", all.size())
        .put("next", from + PAGE < all.size() ? String.valueOf(from + PAGE) : null);
  }
}
