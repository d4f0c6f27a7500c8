package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.launcher.CountingServer.Visit;
import io.umbel.launcher.client.McpClient;
import io.umbel.launcher.client.RestClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that front the same servers, two gateways that ask both, and one of them is lost. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoRegistriesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofSeconds(15);
  private static final int FIFTY = 50;
  private static final int MANY = 10;
  private static final String SERVERS = "/api/v1/mcp-servers";
  private static final List<String> PROCESSES = List.of("tiny0", "tiny1", "tiny2", "tiny3");

  /** A small server that says which process it is, and does not end when its input does. */
  private static final String SCRIPT = """
      while read -r line; do
        id=$(printf '%s' "$line" | sed -n 's/.*"id":\\([0-9]*\\).*/\\1/p')
        case $line in
          *'"initialize"'*) result='{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},
            "serverInfo":{"name":"tiny","version":"1"}}' ;;
          *'"tools/list"'*) result='{"tools":[{"name":"pid","description":"Tells its process.",
            "inputSchema":{"type":"object"}}]}' ;;
          *'"tools/call"'*) result='{"content":[{"type":"text","text":"'$$'"}]}' ;;
          *'"ping"'*) result='{}' ;;
          *) result= ;;
        esac
        if [ -n "$result" ]; then
          printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$(printf '%s' "$result" | tr -d '\\n')"
        elif [ -n "$id" ]; then
          printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"No such method"}}\\n' "$id"
        fi
      done
      exec sleep 600
      """;

  @TempDir
  static Path directory;

  private static final Vertx vertx = Vertx.vertx();
  private static final List<UmbelProcess> processes = new ArrayList<>();
  private static final Map<Long, UmbelProcess> registries = new HashMap<>();
  private static URI endpoint;
  private static String token;
  private static McpClient client;
  private static McpClient elsewhere;
  private static RestClient rest;
  private CountingServer server;
  private String path;

  @BeforeAll
  static void open() throws IOException {
    var trial = Trial.in(directory);
    var gateway = trial.start("up", "--cluster", "--roles", "gateway");
    processes.add(gateway);
    var another = trial.start("up", "--cluster", "--roles", "gateway");
    processes.add(another);
    endpoint = gateway.endpoint();
    var settings = Map.of(
        "MCP_CLIENT_SERVER_CONFIGS",
        operators(),
        "UMBEL_REGISTRY_ALLOWED_COMMANDS",
        "sh " + script(),
        "UMBEL_REGISTRY_ALLOWED_DESTINATIONS",
        "127.0.0.1");
    for (var i = 0; i < 2; i++) {
      var registry = trial.startWith(settings, "up", "--cluster", "--roles", "registry");
      processes.add(registry);
      registries.put(registry.pid(), registry);
    }
    token = trial.token("admin,tools");
    registries.values().forEach(registry -> registry.awaitLine("ready"));
    client = new McpClient(vertx, endpoint, token);
    elsewhere = new McpClient(vertx, another.endpoint(), token);
    rest = new RestClient(vertx, endpoint, token);
  }

  @AfterAll
  static void close() throws IOException {
    vertx.close().await();
    for (var process : processes) {
      process.close();
    }
  }

  @BeforeEach
  void register() {
    server = new CountingServer();
    var said = new JsonObject()
        .put("name", "Counting")
        .put("url", server.url().toString())
        .put("auth_type", "bearer")
        .put("auth_config", JsonObject.of("token", "first"))
        .put("max_concurrency", FIFTY);
    var made = (JsonObject) rest.ask(HttpMethod.POST, SERVERS, said);
    path = SERVERS + "/" + made.getString("id");
  }

  @AfterEach
  void remove() {
    if (path != null) {
      rest.ask(HttpMethod.DELETE, path, null);
    }
    server.close();
  }

  @Test
  void aServerThatOneRegisteredIsUsedByBothAtOnce() {
    var calls = awaitCallsOfBoth(SOON);
    assertThat(calls).extracting(Visit::authorization).containsOnly("Bearer first");
  }

  @Test
  void aCredentialThatOneChangedIsUsedByTheNextCallOfBoth() {
    awaitCallsOfBoth(PATIENCE);
    for (var i = 0; i < MANY; i++) {
      var token = "number " + i;
      rest.ask(HttpMethod.PUT, path, JsonObject.of("auth_config", JsonObject.of("token", token)));
      var calls = callsAtOnce();
      assertThat(sessions(calls)).as("both were called").hasSize(2);
      assertThat(calls).extracting(Visit::authorization).containsOnly("Bearer " + token);
    }
  }

  @Test
  void aServerThatOneRemovedIsGoneFromBothAndFromTheListsOfBothGateways() {
    awaitCallsOfBoth(PATIENCE);
    for (var gateway : List.of(client, elsewhere)) {
      await(PATIENCE, "it is listed", () -> offers(gateway, "counting_count"));
      gateway.call("counting_count", new JsonObject()).await();
    }
    var told = server.calls().size();
    rest.ask(HttpMethod.DELETE, path, null);
    path = null;
    for (var gateway : List.of(client, elsewhere)) {
      var answer = gateway
          .call("counting_count", new JsonObject())
          .map("answered")
          .otherwise(Throwable::getMessage);
      assertThat(answer.await()).contains("Unknown tool: counting_count");
    }
    for (var gateway : List.of(client, elsewhere)) {
      await(SOON, "its tools are gone", () -> !offers(gateway, "counting_count"));
    }
    await(SOON, "both have left it", server::isLeft);
    assertThat(server.calls()).as("nobody asked it any more").hasSize(told);
  }

  @Test
  void fiftyFirstCallsAtOnceOpenOneConnectionOfEach() {
    var before = awaitCallsOfBoth(PATIENCE);
    var opened = server.openedForCalls();
    rest.ask(HttpMethod.POST, path + "/reconnect", new JsonObject());
    await(PATIENCE, "both have left", () -> sessions(before).stream().allMatch(server::hasEnded));
    var told = server.calls().size();
    server.holdUntil(FIFTY);
    var answers = IntStream.range(0, FIFTY)
        .mapToObj(
            i -> new McpClient(vertx, endpoint, token).call("counting_count", new JsonObject()))
        .toList();
    Future.all(answers).await();
    var calls = server.calls().subList(told, told + FIFTY);
    assertThat(sessions(calls)).hasSize(2);
    assertThat(server.openedForCalls() - opened).isEqualTo(2);
  }

  @Test
  void aProcessBeginsAnewWhereverThatIsAskedFor() {
    var said = JsonObject.of("name", "own", "transport", "stdio", "command", "sh")
        .put("args", JsonArray.of(script().toString()));
    var own =
        SERVERS + "/" + ((JsonObject) rest.ask(HttpMethod.POST, SERVERS, said)).getString("id");
    var first =
        awaitOne(PATIENCE, "its process", () -> pid("own").otherwiseEmpty().await());
    rest.ask(HttpMethod.POST, own + "/reconnect", new JsonObject());
    await(PATIENCE, "another process", () -> {
      var now = pid("own").otherwiseEmpty().await();
      return now != null && !now.equals(first);
    });
    assertThat(runs(first)).isFalse();
    rest.ask(HttpMethod.DELETE, own, null);
  }

  /** The last, since there is one node less afterwards. */
  @Test
  @Order(Integer.MAX_VALUE)
  void processesRunAgainAtTheOtherNodeWhenTheirsIsKilledAndNothingIsLeftBehind() {
    var before = awaitOne(PATIENCE, "all processes", TwoRegistriesTest::pids);
    assertThat(pids()).as("one process each, whichever node is asked").isEqualTo(before);
    var lost = owner(before.get("tiny0"));
    assertThat(registries).containsKey(lost);
    var others = ofNode(before, owner -> owner != lost);
    var orphans = ofNode(before, owner -> owner == lost).values();
    registries.get(lost).kill().status();
    var after = awaitOne(AGAIN, "all processes again", TwoRegistriesTest::pids);
    assertThat(after.values())
        .extracting(TwoRegistriesTest::owner)
        .doesNotContain(lost)
        .allMatch(registries::containsKey);
    assertThat(after).as("what the other one ran, it runs").containsAllEntriesOf(others);
    await(PATIENCE, "no orphan", () -> orphans.stream().noneMatch(TwoRegistriesTest::runs));
  }

  /** Calls that wait at once: a gateway has each wait at the node where fewer do. */
  private List<Visit> callsAtOnce() {
    var told = server.calls().size();
    var both = IntStream.range(0, 2)
        .mapToObj(i -> client.call("counting_count", new JsonObject()))
        .toList();
    Future.join(both).otherwiseEmpty().await();
    return server.calls().subList(told, server.calls().size());
  }

  private List<Visit> awaitCallsOfBoth(Duration patience) {
    return awaitOne(patience, "calls of both nodes", () -> {
      var calls = callsAtOnce();
      return sessions(calls).size() == 2 ? calls : null;
    });
  }

  private static Set<String> sessions(List<Visit> calls) {
    return calls.stream().map(Visit::session).collect(Collectors.toSet());
  }

  private static boolean offers(McpClient gateway, String tool) {
    return gateway.tools().await().stream().anyMatch(each -> tool.equals(each.getString("name")));
  }

  private static Path script() {
    return directory.resolve("server.sh");
  }

  private static String operators() throws IOException {
    Files.writeString(script(), SCRIPT);
    var all = new JsonArray();
    PROCESSES.forEach(name -> all.add(new JsonObject()
        .put("name", name)
        .put("enabled", true)
        .put("command", "sh")
        .put("args", JsonArray.of(script().toString()))));
    return all.encode();
  }

  /** What all of them say is their process; nothing where one says nothing. */
  private static Map<String, Long> pids() {
    var asked = PROCESSES.stream().map(TwoRegistriesTest::pid).toList();
    Future.join(asked).otherwiseEmpty().await();
    return asked.stream().allMatch(Future::succeeded)
        ? IntStream.range(0, asked.size())
            .boxed()
            .collect(Collectors.toMap(PROCESSES::get, i -> asked.get(i).result()))
        : null;
  }

  private static Future<Long> pid(String server) {
    return client
        .call(server + "_pid", new JsonObject())
        .map(result -> result.getJsonArray("content").getJsonObject(0).getString("text"))
        .map(Long::valueOf);
  }

  private static Map<String, Long> ofNode(Map<String, Long> pids, LongPredicate node) {
    return pids.entrySet().stream()
        .filter(each -> node.test(owner(each.getValue())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The node that runs that process, under a guard. */
  private static long owner(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(ProcessHandle::parent)
        .flatMap(ProcessHandle::parent)
        .map(ProcessHandle::pid)
        .orElse(0L);
  }

  /** A process that ended, and that nobody has asked for its status, has no command. */
  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  private static void await(Duration patience, String what, BooleanSupplier happened) {
    awaitOne(patience, what, () -> happened.getAsBoolean() ? what : null);
  }

  private static <T> T awaitOne(Duration patience, String what, Supplier<T> found) {
    var until = System.nanoTime() + patience.toNanos();
    for (var it = found.get(); ; it = found.get()) {
      if (it != null) {
        return it;
      }
      assertThat(System.nanoTime()).as("still waiting for %s", what).isLessThan(until);
      vertx.timer(20).await();
    }
  }
}
