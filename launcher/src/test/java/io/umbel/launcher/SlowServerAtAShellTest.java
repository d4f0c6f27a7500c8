package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.launcher.client.ServerText;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code umbel server} and a process that has to be fetched first, which takes its time. */
class SlowServerAtAShellTest {

  /** Tells of itself when there is a file of its name with {@code .fetched} behind it. */
  private static final String SERVER = """
      #!/bin/sh
      until [ -e "$0.fetched" ]; do sleep 0.1; done
      answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$1"; }
      while read -r line; do
        id=$(printf '%s' "$line" | sed -n 's/.*"id":\\([0-9]*\\).*/\\1/p')
        case $line in
          *'"initialize"'*) answer '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},
              "serverInfo":{"name":"slow","version":"1"}}' | tr -d '\\n'; echo ;;
          *'"tools/list"'*) answer '{"tools":[{"name":"nap","inputSchema":{"type":"object"}}]}' ;;
          *'"id":'*) answer '{}' ;;
        esac
      done
      """;

  @TempDir
  private static Path directory;

  @Test
  void isStartingUntilItHasTold() throws IOException {
    var server = Files.writeString(directory.resolve("server"), SERVER);
    Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwx------"));
    var trial = Trial.in(directory);
    var slow = "[{\"name\": \"slow\", \"enabled\": true, \"timeout_seconds\": 1, \"command\": \""
        + server + "\"}]";
    var environment = Map.of("MCP_CLIENT_SERVER_CONFIGS", slow, "PATH", System.getenv("PATH"));
    try (var gateway = trial.startWith(environment, "up", "--roles", "gateway,registry")) {
      var at = gateway.endpoint().toString();
      assertThat(run(trial, 1, "server", "test", "slow", "--gateway", at).stderr())
          .contains("slow is starting; to wait for it: umbel server scan slow");
      assertThat(run(trial, 0, "server", "list", "--gateway", at).restOfStdout())
          .containsExactly("slow                 starting operator    0 tools");
      Files.createFile(directory.resolve("server.fetched"));
      assertThat(run(trial, 0, "server", "scan", "slow", "--gateway", at).restOfStdout())
          .last()
          .isEqualTo("  slow_nap");
      assertThat(run(trial, 0, "server", "test", "slow", "--gateway", at).restOfStdout())
          .isEqualTo(List.of("slow answers"));
    }
  }

  @Test
  void saysHowToSeeWhatAServerOffersThatIsStarting() {
    var made = JsonObject.of("name", "Slow One", "namespace", "slow", "status", "starting");
    assertThat(ServerText.added(made))
        .isEqualTo("Slow One is registered as slow, and starting; to see what it offers:"
            + " umbel server scan slow");
  }

  /** One that has ended with that status. */
  private static UmbelProcess run(Trial trial, int status, String... arguments) throws IOException {
    var process = trial.start(arguments);
    assertThat(process.status()).as(process.stderr()).isEqualTo(status);
    return process;
  }
}
