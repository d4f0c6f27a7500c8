package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.launcher.client.McpClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that was there first, and nodes that come beside it. */
class ClusterTest {

  /** Well before a node that is silent would be forgotten. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final String[] GATEWAY = {"up", "--cluster", "--roles", "gateway"};
  private static final String[] FOREIGN = {"up", "--cluster", "--roles", ForeignJar.CLASS};

  @TempDir
  static Path directory;

  private static Vertx vertx;
  private static Trial trial;
  private static UmbelProcess gateway;
  private static McpClient client;

  @BeforeAll
  static void open() throws IOException {
    vertx = Vertx.vertx();
    trial = Trial.in(directory);
    gateway = trial.start(GATEWAY);
    client = new McpClient(vertx, gateway.endpoint(), trial.token());
  }

  @AfterAll
  static void close() throws IOException {
    vertx.close().await();
    gateway.close();
  }

  @Test
  void offersAForeignToolOfANodeThatCameLaterAndForgetsItWhenThatNodeIsKilled() throws IOException {
    assertThat(toolNames()).isEmpty();

    try (var node = trial.start(FOREIGN)) {
      assertThat(node.awaitLine("cluster")).matches(".*: \\S+:\\d+, \\S+:\\d+; the bus works");
      awaitTools(List.of("greet"));

      var result = client.call("greet", new JsonObject().put("name", "Ann")).await();

      assertThat(result.getJsonArray("content").getJsonObject(0).getString("text"))
          .isEqualTo("Hello, Ann!");
      node.kill().status();
      awaitTools(List.of());
      assertThat(gateway.isAlive()).isTrue();
    }
  }

  @Test
  void refusesANodeWithAnotherSecret() throws IOException {
    var secret = "0123456789".repeat(4);
    try (var stranger = trial.startWith(Map.of("UMBEL_CLUSTER_SECRET", secret), FOREIGN)) {
      assertThat(stranger.status()).isEqualTo(5);
      assertThat(stranger.stderr()).contains("has another secret").doesNotContain(secret);
    }
  }

  @Test
  void doesNotBecomeAClusterOfOneWhereOthersWereNamed() throws IOException {
    var members = "127.0.0.1:" + Trial.freePort();
    var alone = Trial.in(directory.resolve("alone"));
    var environment = Map.of("UMBEL_CLUSTER_MEMBERS", members, "UMBEL_CLUSTER_JOIN_SECONDS", "1");
    try (var lost = alone.startWith(environment, FOREIGN)) {
      assertThat(lost.status()).isEqualTo(5);
      assertThat(lost.stderr()).contains("No other node of the cluster").contains(members);
    }
  }

  /** Asks until the tools are those, or it is late. */
  private static void awaitTools(List<String> names) {
    var until = System.nanoTime() + SOON.toNanos();
    while (!toolNames().equals(names)) {
      assertThat(System.nanoTime()).as("still waiting for %s", names).isLessThan(until);
      vertx.timer(20).await();
    }
  }

  private static List<String> toolNames() {
    return client.tools().await().stream().map(tool -> tool.getString("name")).toList();
  }
}
