package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.launcher.client.McpClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are processes, two nodes to run them, and one of the nodes is lost. */
@Timeout(180)
class StdioServerLossTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SERVERS = 6;

  /** The smallest server there is; it says which process it is. */
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
      """;

  @TempDir
  Path directory;

  private final Vertx vertx = Vertx.vertx();
  private UmbelProcess gateway;
  private final Map<Long, UmbelProcess> registries = new HashMap<>();
  private McpClient client;

  @BeforeEach
  void open() throws IOException {
    var trial = Trial.in(directory);
    var servers = Map.of("MCP_CLIENT_SERVER_CONFIGS", servers());
    gateway = trial.start("up", "--cluster", "--roles", "gateway");
    var endpoint = gateway.endpoint();
    for (var i = 0; i < 2; i++) {
      var registry = trial.startWith(servers, "up", "--cluster", "--roles", "registry");
      assertThat(registry.awaitLine("ready")).isNotEmpty();
      registries.put(registry.pid(), registry);
    }
    client = new McpClient(vertx, endpoint, trial.token());
  }

  @AfterEach
  void close() throws IOException {
    vertx.close().await();
    for (var registry : registries.values()) {
      registry.close();
    }
    gateway.close();
  }

  @Test
  void serveAgainFromTheOtherNodeAndLeaveNothingBehind() {
    var before = await("all servers on both nodes", () -> {
      var pids = pids();
      return pids.size() == SERVERS && owners(pids).size() == 2 ? pids : null;
    });
    assertThat(pids()).as("one process each, whichever node is asked").isEqualTo(before);
    long lost = owners(before).get(0);
    var orphans = before.values().stream().filter(pid -> owner(pid) == lost).toList();
    registries.get(lost).kill().status();
    var started = System.nanoTime();
    await("all servers again", () -> pids().size() == SERVERS ? true : null);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
    assertThat(owners(pids())).hasSize(1).doesNotContain(lost);
    await("no orphan", () -> orphans.stream().noneMatch(this::runs) ? true : null);
  }

  private String servers() throws IOException {
    var script = Files.writeString(directory.resolve("server.sh"), SCRIPT);
    var all = new JsonArray();
    for (var i = 0; i < SERVERS; i++) {
      all.add(new JsonObject()
          .put("name", "tiny" + i)
          .put("enabled", true)
          .put("command", "sh")
          .put("args", new JsonArray().add(script.toString())));
    }
    return all.encode();
  }

  /** What the servers that answer say is their process. */
  private Map<String, Long> pids() {
    return IntStream.range(0, SERVERS)
        .mapToObj(i -> "tiny" + i)
        .flatMap(name -> answer(name).stream().map(pid -> Map.entry(name, pid)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private List<Long> answer(String server) {
    var text = client
        .call(server + "_pid", new JsonObject())
        .map(result -> result.getJsonArray("content").getJsonObject(0).getString("text"))
        .otherwise("")
        .await();
    return text.matches("\\d+") ? List.of(Long.valueOf(text)) : List.of();
  }

  private List<Long> owners(Map<String, Long> pids) {
    return pids.values().stream().map(this::owner).distinct().toList();
  }

  /** The node that runs that process, under a guard. */
  private long owner(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(ProcessHandle::parent)
        .flatMap(ProcessHandle::parent)
        .map(ProcessHandle::pid)
        .orElse(0L);
  }

  /** A process that ended, and that nobody has asked for its status, has no command. */
  private boolean runs(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  private <T> T await(String what, Supplier<T> found) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    for (var it = found.get(); ; it = found.get()) {
      if (it != null) {
        return it;
      }
      assertThat(System.nanoTime()).as("still waiting for %s", what).isLessThan(until);
      vertx.timer(100).await();
    }
  }
}
