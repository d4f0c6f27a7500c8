package io.umbel.launcher;

import static java.time.temporal.ChronoUnit.MINUTES;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * As much of GitHub's REST API as a sync of one repository asks for: its issues, each a minute
 * after the one before, on pages of a hundred that begin with the last one of the page before. A
 * page is answered when the test lets it be.
 */
final class PagedTracker implements AutoCloseable {

  private static final int PAGE = 100;
  private static final Instant BEGIN = Instant.parse("2026-01-05T09:00:00Z");
  private static final JsonObject OTHERS = JsonObject.of("login", "umbel-bot");

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer http;
  private final int issues;
  private final List<Waiting> waiting = new ArrayList<>();
  private int open;

  private record Waiting(int page, int first, HttpServerRequest request) {}

  PagedTracker(int issues) {
    this.issues = issues;
    this.http = vertx
        .createHttpServer()
        .requestHandler(this::take)
        .listen(0, "127.0.0.1")
        .await();
  }

  String url() {
    return "http://127.0.0.1:" + http.actualPort();
  }

  /** Answers pages up to this one from now on, and no others. */
  synchronized void answerUpTo(int page) {
    open = page;
    waiting.removeIf(one -> {
      var isOpen = one.page() <= open;
      if (isOpen) {
        answer(one);
      }
      return isOpen;
    });
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private synchronized void take(HttpServerRequest request) {
    if (!request.path().endsWith("/issues")) {
      var isList = request.path().endsWith("/labels");
      end(request, (isList ? new JsonArray().toBuffer() : OTHERS.toBuffer()));
      return;
    }
    var since = request.getParam("since");
    var first =
        since == null ? 1 : (int) Math.max(1, BEGIN.until(Instant.parse(since), MINUTES) + 1);
    var one = new Waiting((first - 1) / (PAGE - 1) + 1, first, request);
    if (one.page() <= open) {
      answer(one);
    } else {
      waiting.add(one);
    }
  }

  private void answer(Waiting one) {
    var page = new JsonArray();
    var end = Math.min(one.first() + PAGE, issues + 1);
    IntStream.range(one.first(), end).forEach(n -> page.add(issue(n)));
    end(one.request(), page.toBuffer());
  }

  private static void end(HttpServerRequest request, Buffer body) {
    request
        .response()
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .end(body);
  }

  private static JsonObject issue(int number) {
    return JsonObject.of("number", number, "title", "Issue " + number, "state", "open")
        .put("body", "What is said of " + number)
        .put("html_url", "https://github.example.com/acme/web/issues/" + number)
        .put("user", JsonObject.of("login", "ann"))
        .put("labels", new JsonArray())
        .put("assignees", new JsonArray())
        .put("comments", 0)
        .put("created_at", "2026-01-05T09:00:00Z")
        .put("updated_at", BEGIN.plus(number, MINUTES).toString());
  }
}
