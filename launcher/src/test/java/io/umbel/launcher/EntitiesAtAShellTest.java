package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entities of files, as an operator sets them up. */
class EntitiesAtAShellTest {

  @TempDir
  Path directory;

  @Test
  void findsAUserOfTheCallersAccount() throws IOException {
    var trial = Trial.in(directory);
    for (var account : new String[] {"local", "other"}) {
      var data = Files.createDirectories(directory.resolve("entities").resolve(account));
      Files.writeString(data.resolve("user.csv"), "id,name\n" + account + "-1,Ann Archer\n");
    }
    var file = write("backend: builtin\nbuiltin: {data: entities}\n");
    try (var gateway = trial.startWith(file, "up", "--roles", "gateway,entities")) {
      var url = gateway.endpoint().toString();
      try (var call = trial.start("call", "search_users", "query=an archr", "--url", url)) {
        assertThat(call.status()).isZero();
        var users = new JsonObject(String.join("\n", call.restOfStdout())).getJsonArray("users");
        assertThat(users).hasSize(1);
        assertThat(users.getJsonObject(0).getString("id")).isEqualTo("local-1");
      }
    }
  }

  @Test
  void aFileThatCannotBeUsedIsToldWithItsLine() throws IOException {
    var trial = Trial.in(directory);
    try (var refused =
        trial.startWith(write("backend: solr\n"), "up", "--roles", "gateway,entities")) {
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.stderr())
          .contains("The role entities did not start: " + directory.resolve("entities.yaml")
              + ", line 1: expected builtin or elasticsearch");
    }
  }

  private Map<String, String> write(String text) throws IOException {
    var file = Files.writeString(directory.resolve("entities.yaml"), text);
    return Map.of("UMBEL_ENTITIES_FILE", file.toString());
  }
}
