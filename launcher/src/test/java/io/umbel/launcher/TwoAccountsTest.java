package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.umbel.launcher.client.McpClient;
import io.umbel.launcher.client.RestClient;
import io.umbel.launcher.exit.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two accounts with two users each, two gateways, two other processes that have the issues, search
 * and compliance. Both accounts have issues of the same keys, some with the same words.
 */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoAccountsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TRACKERS = "/api/v1/trackers";
  private static final int ISSUES = 6;
  private static final int CALLS = 70;
  private static final Map<String, String> QUIET = Map.of("UMBEL_LOG_REQUESTS", "none");

  /** What a description of each account alone says: one is ready to be worked on, one is not. */
  private static final Map<String, String> WORDS =
      Map.of("north", """
      As a borealis I want the harbour to be found so that I can travel.

      ## Acceptance criteria
      - [ ] Given a harbour, when I type its name, then it is found within 2 seconds
      - [ ] Given no harbour, when I type a name, then I am told so
      """, "south", "australis, maybe, somehow");

  private static final Map<String, String> OWN_WORD =
      Map.of("north", "borealis", "south", "australis");

  @TempDir
  static Path directory;

  private static final List<UmbelProcess> processes = new ArrayList<>();
  private static final Map<String, World> worlds = new HashMap<>();
  private static Vertx vertx;
  private static Trial trial;
  private static List<URI> gateways;

  /** An account, its users' tokens, and what is known to be its own. */
  private static final class World {
    final String name;
    final List<String> tokens;
    final Set<String> own = ConcurrentHashMap.newKeySet();
    final Queue<String> answers = new ConcurrentLinkedQueue<>();
    final Map<String, Float> scores = new ConcurrentHashMap<>();
    final Map<String, String> ids = new ConcurrentHashMap<>();
    String tracker;

    World(String name, List<String> tokens) {
      this.name = name;
      this.tokens = tokens;
    }

    McpClient client(int user, int gateway) {
      return new McpClient(vertx, gateways.get(gateway), tokens.get(user));
    }

    RestClient rest(int gateway) {
      return new RestClient(vertx, gateways.get(gateway), tokens.get(0));
    }

    World other() {
      return worlds.get(name.equals("north") ? "south" : "north");
    }
  }

  @BeforeAll
  static void open() throws IOException {
    vertx = Vertx.vertx();
    trial = Trial.in(directory);
    gateways = List.of(gateway(), gateway());
    for (int i = 0; i < 2; i++) {
      var node = trial.start("up", "--cluster", "--roles", "issues,search,compliance");
      processes.add(node);
      node.awaitLine("ready");
    }
    for (var account : List.of("north", "south")) {
      var tokens =
          List.of(trial.token(account, "ann", "admin"), trial.token(account, "ben", "admin"));
      worlds.put(account, new World(account, tokens));
    }
  }

  @AfterAll
  static void close() throws IOException {
    vertx.close().await();
    for (var process : processes) {
      process.close();
    }
  }

  @Test
  @Order(1)
  void theFirstTrackerMakesToolsAppearOnOpenStreamsOfItsAccountAlone() {
    var north = worlds.get("north");
    var south = worlds.get("south");
    worlds.values().forEach(world -> assertThat(toolsOf(world, 0, 0)).doesNotContain("search"));
    var streams = List.of(listen(north, 0), listen(north, 1), session(north, 0), session(north, 1));
    var foreign = List.of(listen(south, 0), session(south, 1));
    var made = make(north);
    for (var stream : streams) {
      assertThat(stream.next("data: {")).contains("notifications/tools/list_changed");
    }
    awaitTools(north, true);
    for (int gateway = 0; gateway < 2; gateway++) {
      assertThat(toolsOf(south, 0, gateway))
          .doesNotContain("get_issue", "search", "estimate_compliance");
    }
    assertThat(foreign).noneMatch(stream -> stream.holds("list_changed"));
    streams.forEach(LineStream::skip);
    north.rest(1).ask(HttpMethod.DELETE, TRACKERS + "/" + made, null);
    for (var stream : streams) {
      assertThat(stream.next("data: {")).contains("notifications/tools/list_changed");
    }
    awaitTools(north, false);
    assertThat(foreign).noneMatch(stream -> stream.holds("list_changed"));
  }

  @Test
  @Order(2)
  void nothingOfOneAccountIsEverInWhatTheOtherIsAnswered() {
    worlds.values().forEach(TwoAccountsTest::furnish);
    var threads = Executors.newFixedThreadPool(4);
    var loops = new ArrayList<CompletableFuture<Void>>();
    for (var world : worlds.values()) {
      for (int user = 0; user < 2; user++) {
        var seed = user;
        loops.add(CompletableFuture.runAsync(() -> work(world, seed), threads));
      }
    }
    CompletableFuture.allOf(loops.toArray(CompletableFuture[]::new)).join();
    threads.shutdown();
    for (var world : worlds.values()) {
      var foreign = world.other();
      assertThat(world.answers)
          .hasSizeGreaterThan(2 * CALLS)
          .anyMatch(answer -> answer.contains(OWN_WORD.get(world.name)))
          .anyMatch(answer -> answer.contains(world.tracker))
          .anyMatch(answer -> answer.contains(world.ids.get("WEB-1")));
      assertThat(world.scores.get("WEB-2")).isNotEqualTo(foreign.scores.get("WEB-2"));
      for (var answer : world.answers) {
        assertThat(answer).doesNotContain(OWN_WORD.get(foreign.name));
        assertThat(foreign.own).as(answer).noneMatch(answer::contains);
      }
    }
  }

  @Test
  @Order(3)
  void whatIsTheOthersDoesNotExist() {
    for (var world : worlds.values()) {
      var foreign = world.other();
      var id = foreign.ids.get("WEB-2");
      for (int gateway = 0; gateway < 2; gateway++) {
        var client = world.client(1, gateway);
        assertThat(failure(client, "get_issue", JsonObject.of("issue", id))).contains("NOT_FOUND");
        assertThat(failure(client, "update_issue", JsonObject.of("issue", id, "title", "x")))
            .contains("NOT_FOUND");
        assertThat(failure(client, "add_comment", JsonObject.of("target", id, "comment", "x")))
            .contains("NOT_FOUND");
        var judged = client
            .call("estimate_compliance", JsonObject.of("issues", JsonArray.of(id, "WEB-2")))
            .await()
            .getJsonObject("structuredContent");
        assertThat(judged.getJsonObject("metadata").getJsonArray("failed_issues"))
            .containsExactly(id);
        var rest = world.rest(gateway);
        var none = UUID.randomUUID().toString();
        assertThat(refusal(rest, TRACKERS + "/" + foreign.tracker))
            .isEqualTo(refusal(rest, TRACKERS + "/" + none));
        assertThat(refusal(rest, "/api/v1/issues/" + id + "/compliance").replace(id, none))
            .isEqualTo(refusal(rest, "/api/v1/issues/" + none + "/compliance"));
      }
    }
  }

  @Test
  @Order(4)
  void aTrackerThatIsRemovedHidesItsToolsFromItsAccountOnBothGatewaysAndFromNobodyElse() {
    var north = worlds.get("north");
    var south = worlds.get("south");
    north.rest(0).ask(HttpMethod.DELETE, TRACKERS + "/" + north.tracker, null);
    awaitTools(north, false);
    awaitTools(south, true);
    for (int gateway = 0; gateway < 2; gateway++) {
      assertThat(south
              .client(1, gateway)
              .call("get_issue", JsonObject.of("issue", "WEB-1"))
              .await()
              .encode())
          .contains(south.ids.get("WEB-1"));
      var hidden = north
          .client(1, gateway)
          .call("get_issue", JsonObject.of("issue", "WEB-1"))
          .map(JsonObject::encode)
          .otherwise(Throwable::getMessage);
      assertThat(hidden.await()).contains("Unknown tool: get_issue");
    }
  }

  private static URI gateway() throws IOException {
    var gateway = trial.startWith(QUIET, "up", "--cluster", "--roles", "gateway");
    processes.add(gateway);
    return gateway.endpoint();
  }

  private static String make(World world) {
    var said = JsonObject.of("name", "Team", "tracker_type", "local")
        .put("projects", JsonArray.of(JsonObject.of("identifier", "WEB")));
    return ((JsonObject) world.rest(0).ask(HttpMethod.POST, TRACKERS, said)).getString("id");
  }

  /** The odd ones say the same in both accounts, to the letter; the even ones something else. */
  private static void furnish(World world) {
    world.tracker = make(world);
    world.own.add(world.tracker);
    awaitTools(world, true);
    var client = world.client(0, 0);
    for (int i = 1; i <= ISSUES; i++) {
      var text = i % 2 == 1 ? "Everybody says this of number " + i : WORDS.get(world.name);
      var made = ok(client, "create_issue", order("Harbour " + i, text));
      assertThat(made.getString("key")).isEqualTo("WEB-" + i);
      world.ids.put(made.getString("key"), made.getString("issue_id"));
      world.own.add(made.getString("issue_id"));
    }
    await(
        "the index",
        () ->
            ok(client, "search", JsonObject.of("query", "Harbour")).getInteger("total") == ISSUES);
  }

  private static JsonObject order(String title, String text) {
    return JsonObject.of("project", "WEB", "title", title, "description", text)
        .put("prevent_duplicates", false);
  }

  /** Calls of one user, to both gateways by turns; the first two issues are never changed. */
  private static void work(World world, int user) {
    var random = new Random(user);
    var clients = List.of(world.client(user, 0), world.client(user, 1));
    var rests = List.of(world.rest(0), world.rest(1));
    for (int i = 0; i < CALLS; i++) {
      var client = clients.get(i % 2);
      var key = "WEB-" + (1 + random.nextInt(ISSUES));
      switch (random.nextInt(7)) {
        case 0 -> hear(world, ok(client, "list_issues", JsonObject.of("limit", 50)));
        case 1 -> {
          var issue = ok(client, "get_issue", JsonObject.of("issue", key).put("include", all()));
          assertThat(issue.getString("id")).isEqualTo(world.ids.get(key));
          hear(world, issue);
        }
        case 2 -> hear(world, ok(client, "search", JsonObject.of("query", "Harbour")));
        case 3 -> judge(world, client);
        case 4 ->
          world.answers.add(rests.get(i % 2).ask(HttpMethod.GET, TRACKERS, null).toString());
        case 5 ->
          hear(world, ok(client, "search", JsonObject.of("query", "borealis or australis")));
        default -> write(world, client, user * CALLS + i);
      }
    }
  }

  private static JsonArray all() {
    return JsonArray.of("comments", "compliance", "revision");
  }

  /** Each account has its own score of what says something else, whoever asks and wherever. */
  private static void judge(World world, McpClient client) {
    var told = ok(
        client,
        "estimate_compliance",
        JsonObject.of("issues", JsonArray.of("WEB-1", "WEB-2", "WEB-3")));
    for (var each : told.getJsonArray("results")) {
      var result = (JsonObject) each;
      var key = result.getString("issue_key");
      assertThat(result.getString("issue_id")).isEqualTo(world.ids.get(key));
      if (key.equals("WEB-2")) {
        var score = result.getFloat("compliance_factor");
        assertThat(world.scores.computeIfAbsent(key, first -> score)).isEqualTo(score);
        var foreign = world.other().scores.get(key);
        assertThat(foreign).isNotEqualTo(score);
      }
    }
    hear(world, told);
  }

  private static void write(World world, McpClient client, int number) {
    if (number % 2 == 0) {
      var made = ok(client, "create_issue", order("Pier " + number, WORDS.get(world.name)));
      world.own.add(made.getString("issue_id"));
      hear(world, made);
    } else {
      var text = "Said at " + number + " by " + OWN_WORD.get(world.name);
      var said = ok(client, "add_comment", JsonObject.of("target", "WEB-4", "comment", text));
      world.own.add(said.getString("comment_id"));
      hear(world, said);
      hear(world, ok(client, "update_issue", JsonObject.of("issue", "WEB-3", "description", text)));
    }
  }

  private static void hear(World world, JsonObject answer) {
    world.answers.add(answer.encode());
  }

  private static JsonObject ok(McpClient client, String tool, JsonObject arguments) {
    var result = client.call(tool, arguments).await();
    assertThat(result.getBoolean("isError", false)).as("%s %s", tool, result).isFalse();
    return result.getJsonObject("structuredContent");
  }

  private static String failure(McpClient client, String tool, JsonObject arguments) {
    var result = client.call(tool, arguments).await();
    assertThat(result.getBoolean("isError", false)).as("%s %s", tool, result).isTrue();
    return result.getJsonArray("content").getJsonObject(0).getString("text");
  }

  private static String refusal(RestClient rest, String path) {
    var refused = catchThrowable(() -> rest.ask(HttpMethod.GET, path, null));
    assertThat(refused).as(path).isInstanceOf(Refusal.class);
    return refused.getMessage();
  }

  private static List<String> toolsOf(World world, int user, int gateway) {
    return world.client(user, gateway).tools().await().stream()
        .map(tool -> tool.getString("name"))
        .toList();
  }

  /** All three families' are there, or none of them, for both users at both gateways. */
  private static void awaitTools(World world, boolean there) {
    var names = List.of("get_issue", "create_issue", "search", "estimate_compliance");
    for (int i = 0; i < 4; i++) {
      var user = i % 2;
      var gateway = i / 2;
      await("tools of " + world.name, () -> {
        var all = toolsOf(world, user, gateway);
        return there ? all.containsAll(names) : names.stream().noneMatch(all::contains);
      });
    }
  }

  private static LineStream listen(World world, int gateway) {
    var stream = new Wire(gateways.get(gateway), world.tokens.get(0)).listen();
    assertThat(stream.next("data: {")).contains("notifications/subscriptions/acknowledged");
    return stream;
  }

  private static LineStream session(World world, int gateway) {
    var stream = new Wire(gateways.get(gateway), world.tokens.get(1)).session();
    assertThat(stream.status()).isEqualTo(200);
    return stream;
  }

  private static void await(String what, BooleanSupplier happened) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting for %s", what).isLessThan(until);
      vertx.timer(50).await();
    }
  }
}
