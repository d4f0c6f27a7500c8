package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.launcher.IssueLoad.Written;
import io.umbel.launcher.client.McpClient;
import io.umbel.launcher.client.RestClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway, and two other processes that have the issues, search and compliance. One of those is
 * killed while clients read and write, and while it syncs a tracker on another server.
 */
@Timeout(300)
class IssuesNodeLossTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String TRACKERS = "/api/v1/trackers";
  private static final int EACH = 25;
  private static final int FAR = 650;

  @TempDir
  static Path directory;

  private static final List<UmbelProcess> processes = new ArrayList<>();
  private static Vertx vertx;
  private static URI endpoint;
  private static UmbelProcess gateway;
  private static String token;
  private static McpClient client;
  private static RestClient rest;
  private static FarTracker far;
  private static String farTracker;
  private static List<String> askedBefore;
  private static List<Written> acknowledged;
  private static IssueLoad load;

  /** All of it happens once; what came of it is looked at from several sides. */
  @BeforeAll
  static void loseANode() throws Exception {
    vertx = Vertx.vertx();
    far = new FarTracker(vertx, FAR);
    var nodes = start();
    make("Near", JsonObject.of("tracker_type", "local"), "WEB");
    await("the tools", () -> offers("create_issue", "search", "estimate_compliance"));
    farTracker = make(
        "Far",
        JsonObject.of("tracker_type", "github", "url", far.url(), "api_key", "ghp_key"),
        FarTracker.REPOSITORY);
    var syncing = far.waiting(nodes).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    load = new IssueLoad(() -> new McpClient(vertx, endpoint, token), EACH);
    await("a third of it", () -> load.isBroken() || load.count() >= load.wanted() / 3);
    syncing.kill().status();
    askedBefore = far.asked();
    far.letGo();
    acknowledged = load.end();
  }

  @AfterAll
  static void close() throws IOException {
    load.close();
    vertx.close().await();
    for (var process : processes) {
      process.close();
    }
  }

  @Test
  void everyReadIsAnswered() {
    assertThat(load.wrong()).as(gateway.stderr()).isEmpty();
    assertThat(load.reads()).isGreaterThan(load.wanted() / 2);
  }

  @Test
  void everyAcknowledgedWriteIsThereOnceAndNothingElse() {
    assertThat(acknowledged).hasSize(load.wanted());
    var there = all("list_issues", JsonObject.of("project", "WEB", "limit", 100), "issues");
    assertThat(there)
        .extracting(issue -> issue.getString("id"))
        .containsExactlyInAnyOrderElementsOf(
            acknowledged.stream().map(Written::id).toList());
    assertThat(there)
        .extracting(issue -> issue.getString("title"))
        .containsExactlyInAnyOrderElementsOf(acknowledged.stream()
            .map(each -> IssueLoad.WORD + " " + each.name())
            .toList());
    for (var each : acknowledged) {
      var issue = ok("get_issue", JsonObject.of("issue", each.key()));
      assertThat(issue.getString("description")).isEqualTo("Changed " + each.name());
      assertThat(all("list_comments", JsonObject.of("issue", each.key()), "comments"))
          .extracting(comment -> comment.getString("body"))
          .containsExactly("Said of " + each.name(), "Why " + each.name());
      assertThat(all("get_issue_history", JsonObject.of("issue", each.key()), "history"))
          .as("made, said, changed, said why")
          .hasSize(4);
    }
  }

  @Test
  void searchCatchesUp() {
    await("all of them", () -> found("about") == 0 && found(IssueLoad.WORD) == load.wanted());
    await("their changes", () -> found("changed") == load.wanted());
  }

  @Test
  void theOtherNodeFinishesTheSyncWhereItStopped() {
    var sync = TRACKERS + "/" + farTracker + "/sync";
    await("the sync", () -> state(sync).getString("state").equals("idle"));
    var state = state(sync);
    assertThat(state.getInteger("written")).as("%s", state).isEqualTo(FAR);
    assertThat(state.getInteger("failed")).isZero();
    var copies =
        all("list_issues", JsonObject.of("project", FarTracker.REPOSITORY, "limit", 100), "issues");
    assertThat(copies).hasSize(FAR);
    assertThat(copies)
        .extracting(issue -> issue.getString("key"))
        .doesNotHaveDuplicates()
        .contains(FarTracker.REPOSITORY + "#1", FarTracker.REPOSITORY + "#" + FAR);
    var goneOn = far.asked().subList(askedBefore.size(), far.asked().size());
    assertThat(goneOn.get(0))
        .as("the page that was held back")
        .isEqualTo(askedBefore.get(askedBefore.size() - 1));
    assertThat(goneOn).doesNotContain(askedBefore.get(0));
  }

  private static List<UmbelProcess> start() throws IOException {
    var trial = Trial.in(directory);
    var quiet = Map.of("UMBEL_LOG_REQUESTS", "none");
    gateway = trial.startWith(quiet, "up", "--cluster", "--roles", "gateway");
    processes.add(gateway);
    endpoint = gateway.endpoint();
    var allowed = Map.of("UMBEL_ISSUES_ALLOWED_DESTINATIONS", "127.0.0.1");
    for (int i = 0; i < 2; i++) {
      var node = trial.startWith(allowed, "up", "--cluster", "--roles", "issues,search,compliance");
      processes.add(node);
      node.awaitLine("ready");
    }
    var nodes = List.copyOf(processes.subList(1, 3));
    token = trial.token("node-loss", "ann", "admin");
    client = new McpClient(vertx, endpoint, token);
    rest = new RestClient(vertx, endpoint, token);
    return nodes;
  }

  private static String make(String name, JsonObject said, String project) {
    said.put("name", name).put("projects", JsonArray.of(JsonObject.of("identifier", project)));
    return ((JsonObject) rest.ask(HttpMethod.POST, TRACKERS, said)).getString("id");
  }

  private static JsonObject state(String sync) {
    return (JsonObject) rest.ask(HttpMethod.GET, sync, null);
  }

  private static boolean offers(String... tools) {
    return client.tools().await().stream()
        .map(tool -> tool.getString("name"))
        .toList()
        .containsAll(List.of(tools));
  }

  private static int found(String query) {
    var asked = JsonObject.of("query", query, "project", "WEB", "search_type", "fulltext")
        .put("target_type", "issue");
    return ok("search", asked).getInteger("total");
  }

  private static List<JsonObject> all(String tool, JsonObject arguments, String member) {
    var all = new ArrayList<JsonObject>();
    var page = ok(tool, arguments);
    page.getJsonArray(member).forEach(each -> all.add((JsonObject) each));
    while (page.getString("next_cursor") != null) {
      page = ok(tool, arguments.copy().put("cursor", page.getString("next_cursor")));
      page.getJsonArray(member).forEach(each -> all.add((JsonObject) each));
    }
    return all;
  }

  private static JsonObject ok(String tool, JsonObject arguments) {
    var result = client.call(tool, arguments.copy()).await();
    assertThat(result.getBoolean("isError", false)).as("%s", result).isFalse();
    return result.getJsonObject("structuredContent");
  }

  private static void await(String what, BooleanSupplier happened) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting for %s", what).isLessThan(until);
      vertx.timer(50).await();
    }
  }
}
