package io.umbel.launcher;

import io.umbel.launcher.client.McpClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Clients that write issues, each so many, one write after the other, and clients that read them
 * meanwhile. A write whose answer is lost is made again as it was; a read is made once.
 */
final class IssueLoad implements AutoCloseable {

  private static final int WRITERS = 4;
  private static final int READERS = 4;
  private static final int ATTEMPTS = 100;

  /** The word by which all of them are found. */
  static final String WORD = "Kestrel";

  private final Supplier<McpClient> clients;
  private final int each;
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS);
  private final List<CompletableFuture<?>> writing;
  private final List<CompletableFuture<?>> reading;
  private final Queue<Written> written = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean isWritten;

  /** An issue all of whose writes were acknowledged. */
  record Written(String name, String id, String key) {}

  /** Begins; each writer makes so many issues. */
  IssueLoad(Supplier<McpClient> clients, int each) {
    this.clients = clients;
    this.each = each;
    writing =
        IntStream.range(0, WRITERS).<CompletableFuture<?>>mapToObj(this::writer).toList();
    reading =
        IntStream.range(0, READERS).<CompletableFuture<?>>mapToObj(this::reader).toList();
  }

  /** How many issues are written by now, all in all. */
  int count() {
    return written.size();
  }

  int wanted() {
    return WRITERS * each;
  }

  /** Whether anybody failed for good, so that nothing more is to be waited for. */
  boolean isBroken() {
    return !wrong.isEmpty();
  }

  /** Waits until all is written; what was acknowledged. */
  List<Written> end() {
    CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new)).join();
    isWritten = true;
    CompletableFuture.allOf(reading.toArray(CompletableFuture[]::new)).join();
    return List.copyOf(written);
  }

  /** Every answer that should not have been. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  int reads() {
    return reads.get();
  }

  @Override
  public void close() {
    isWritten = true;
    threads.shutdownNow();
  }

  private CompletableFuture<Void> writer(int number) {
    return CompletableFuture.runAsync(
        () -> {
          var client = clients.get();
          for (int i = 0; i < each && !isWritten; i++) {
            try {
              write(client, number + "x" + i, i % 3 == 0);
            } catch (RuntimeException e) {
              wrong.add("write " + number + "x" + i + ": " + e);
              return;
            }
          }
        },
        threads);
  }

  /** An issue, a comment of it, a change of it with a word of why. */
  private void write(McpClient client, String name, boolean twice) {
    var order = JsonObject.of("project", "WEB", "title", WORD + " " + name)
        .put("description", "About " + name)
        .put("prevent_duplicates", false)
        .put("idempotency_key", "issue " + name);
    var made = insist(client, "create_issue", order);
    if (twice && !made.equals(insist(client, "create_issue", order))) {
      wrong.add("another answer for the same key: " + name);
    }
    var key = made.getString("key");
    insist(
        client,
        "add_comment",
        JsonObject.of("target", key, "comment", "Said of " + name)
            .put("idempotency_key", "comment " + name));
    var issue = insist(client, "get_issue", JsonObject.of("issue", key));
    var change = JsonObject.of("issue", key, "description", "Changed " + name)
        .put("comment", "Why " + name)
        .put("expected_revision", issue.getString("revision"));
    insist(client, "update_issue", change);
    written.add(new Written(name, made.getString("issue_id"), key));
  }

  /** Again and again while nobody knows what became of it. */
  private JsonObject insist(McpClient client, String tool, JsonObject arguments) {
    for (int i = 0; i < ATTEMPTS; i++) {
      var result = client.call(tool, arguments.copy()).await();
      var told = result.getJsonObject("structuredContent");
      if (!result.getBoolean("isError", false)) {
        return told;
      }
      var error = error(result);
      if (!error.getBoolean("retryable", false)
          && !List.of("UPSTREAM_ERROR", "UPSTREAM_TIMEOUT").contains(error.getString("code"))) {
        throw new IllegalStateException(tool + ": " + error.encode());
      }
    }
    throw new IllegalStateException(tool + " never succeeds");
  }

  /** A failure is told as text at least. */
  private static JsonObject error(JsonObject result) {
    var text = result.getJsonArray("content").getJsonObject(0).getString("text");
    return new JsonObject(text).getJsonObject("error");
  }

  private CompletableFuture<Void> reader(int number) {
    return CompletableFuture.runAsync(
        () -> {
          var client = clients.get();
          for (int i = number; !isWritten && wrong.isEmpty(); i++) {
            try {
              read(client, i);
            } catch (RuntimeException e) {
              wrong.add("read: " + e);
            }
          }
        },
        threads);
  }

  private void read(McpClient client, int number) {
    var known = written.toArray(Written[]::new);
    var tool = known.length == 0
        ? "list_issues"
        : List.of("list_issues", "get_issue", "search", "estimate_compliance").get(number % 4);
    var any =
        known.length == 0 ? null : known[ThreadLocalRandom.current().nextInt(known.length)].key();
    var arguments = switch (tool) {
      case "get_issue" -> JsonObject.of("issue", any);
      case "search" -> JsonObject.of("query", WORD, "limit", 5);
      case "estimate_compliance" -> JsonObject.of("issues", JsonArray.of(any));
      default -> JsonObject.of("project", "WEB", "limit", 5);
    };
    var result = client.call(tool, arguments).await();
    var told = result.getJsonObject("structuredContent");
    var isWhole = !result.getBoolean("isError", false)
        && (!tool.equals("get_issue") || key(told).equals(any))
        && (!tool.equals("estimate_compliance")
            || told.getJsonObject("metadata").getInteger("failed_count") == 0);
    if (isWhole) {
      reads.incrementAndGet();
    } else {
      wrong.add(tool + " " + arguments.getJsonArray("issues") + ": " + result.encode());
    }
  }

  private static String key(JsonObject issue) {
    return String.valueOf(issue.getString("key"));
  }
}
