package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.launcher.client.McpClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issues on one node, search on two others, of which one is killed while issues are written. */
class TwoSearchNodesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int WRITTEN = 40;

  @TempDir
  static Path directory;

  private static Vertx vertx;
  private static Trial trial;
  private static UmbelProcess issues;
  private static McpClient client;

  @BeforeAll
  static void open() throws IOException {
    vertx = Vertx.vertx();
    trial = Trial.in(directory);
    issues = trial.start("up", "--cluster", "--demo", "--roles", "gateway,issues");
    client = new McpClient(vertx, issues.endpoint(), trial.token());
  }

  @AfterAll
  static void close() throws IOException {
    vertx.close().await();
    issues.close();
  }

  @Test
  void losesNothingWhenTheNodeThatReadsIsKilled() throws IOException {
    try (var killed = search();
        var other = search()) {
      await(
          "the tool",
          () -> client.tools().await().stream()
              .anyMatch(tool -> "search".equals(tool.getString("name"))));
      for (int i = 1; i <= WRITTEN; i++) {
        write("Quokka number " + i);
        if (i == WRITTEN / 2) {
          killed.kill().status();
        }
      }
      await("all of them", () -> total("quokka") == WRITTEN);
      assertThat(other.isAlive()).isTrue();
      write("Another wombat");
      await("one more", () -> total("wombat") == 1);
    }
  }

  private static UmbelProcess search() throws IOException {
    var node = trial.start("up", "--cluster", "--roles", "search");
    assertThat(node.awaitLine("ready")).isNotEmpty();
    return node;
  }

  private static void write(String title) {
    var made = client
        .call(
            "create_issue",
            JsonObject.of("project", "OPS", "title", title, "description", "About " + title)
                .put("prevent_duplicates", false))
        .await();
    assertThat(made.getBoolean("isError", false)).as("%s", made).isFalse();
  }

  /** How many there are; -1 where the answer does not come. */
  private static int total(String query) {
    var found = client
        .call("search", JsonObject.of("query", query, "search_type", "fulltext"))
        .otherwise(JsonObject.of("isError", true))
        .await();
    return found.getBoolean("isError", false)
        ? -1
        : found.getJsonObject("structuredContent").getInteger("total");
  }

  private static void await(String what, BooleanSupplier happened) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting for %s", what).isLessThan(until);
      vertx.timer(50).await();
    }
  }
}
