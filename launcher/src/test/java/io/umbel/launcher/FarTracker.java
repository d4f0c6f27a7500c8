package io.umbel.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * A server with one repository of issues, as GitHub's REST API lists them, page by page. It holds
 * back every page after the second one until it is let go, and knows which process asked.
 */
final class FarTracker implements AutoCloseable {

  static final String REPOSITORY = "far/away";

  private static final Instant BEGINNING = Instant.parse("2026-01-05T09:00:00Z");
  private static final int GIVEN_AT_ONCE = 2;

  private final List<JsonObject> issues;
  private final HttpServer server;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Integer> firstHeld = new CompletableFuture<>();
  private volatile boolean isHolding = true;

  /** One that has so many issues. */
  FarTracker(Vertx vertx, int issues) {
    this.issues = IntStream.rangeClosed(1, issues).mapToObj(FarTracker::issue).toList();
    server = vertx
        .createHttpServer()
        .requestHandler(this::answer)
        .listen(0, "127.0.0.1")
        .await();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** The paths of all pages that were asked for. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** That of those processes which waits for a page; done once one does. */
  CompletableFuture<UmbelProcess> waiting(List<UmbelProcess> processes) {
    return firstHeld.thenApply(port -> processes.stream()
        .filter(process -> hasSocket(process.pid(), port))
        .findFirst()
        .orElseThrow());
  }

  /** From now on every page is answered. */
  void letGo() {
    isHolding = false;
  }

  @Override
  public void close() {
    server.close().await();
  }

  private void answer(HttpServerRequest request) {
    if (request.path().equals("/user")) {
      request.response().end(JsonObject.of("login", "bot").toBuffer());
    } else if (request.path().equals("/repos/" + REPOSITORY + "/issues")) {
      page(request);
    } else if (request.path().startsWith("/repos/" + REPOSITORY)) {
      request.response().end(new JsonArray().toBuffer());
    } else {
      request.response().setStatusCode(404).end(new JsonObject().toBuffer());
    }
  }

  private void page(HttpServerRequest request) {
    asked.add(request.uri());
    if (isHolding && asked.size() > GIVEN_AT_ONCE) {
      firstHeld.complete(request.remoteAddress().port());
      return;
    }
    var since = request.getParam("since");
    var size = Integer.parseInt(request.getParam("per_page"));
    var page = issues.stream()
        .filter(issue -> since == null || issue.getString("updated_at").compareTo(since) >= 0)
        .skip((Long.parseLong(request.getParam("page")) - 1) * size)
        .limit(size)
        .toList();
    request.response().end(new JsonArray(page).toBuffer());
  }

  private static JsonObject issue(int number) {
    var at = BEGINNING.plusSeconds(number).toString();
    return JsonObject.of("number", number, "title", "Far " + number, "body", "About " + number)
        .put("state", "open")
        .put("html_url", "https://github.example/" + REPOSITORY + "/issues/" + number)
        .put("user", JsonObject.of("login", "zoe"))
        .put("labels", new JsonArray())
        .put("assignees", new JsonArray())
        .put("comments", 0)
        .put("created_at", at)
        .put("updated_at", at);
  }

  /** Whether that end of a connection is the process's, as Linux tells it. */
  private static boolean hasSocket(long pid, int port) {
    try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      var mine = open.map(FarTracker::target).toList();
      return List.of("tcp", "tcp6").stream()
          .flatMap(table -> lines(Path.of("/proc/net/" + table)).stream())
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words[1].endsWith(":%04X".formatted(port)))
          .anyMatch(words -> mine.contains("socket:[" + words[9] + "]"));
    } catch (IOException e) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException e) {
      return List.of();
    }
  }
}
