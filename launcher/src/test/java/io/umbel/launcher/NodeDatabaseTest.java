package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database of a node: one of its own, somebody's, none. */
@Timeout(180)
class NodeDatabaseTest {

  private static final int TERMINATED = 143;
  private static final int DATABASE = 8;
  private static final Map<String, String> ITS_OWN = Map.of("UMBEL_DATABASE_URL", "");
  private static final String[] GATEWAY = {"up", "--roles", "gateway"};

  @TempDir
  private Path directory;

  private Trial trial;
  private Path pidFile;

  @BeforeEach
  void prepare() throws IOException {
    trial = Trial.in(directory);
    pidFile = directory.resolve("data/postgres/cluster/data/postmaster.pid");
  }

  @Test
  void aGatewayBringsItsOwnAndItEndsWithTheLastNodeAndOutlivesKilledOnes() throws IOException {
    try (var first = trial.startWith(ITS_OWN, GATEWAY);
        var second = trial.startWith(ITS_OWN, GATEWAY)) {
      first.endpoint();
      second.endpoint();
      first.kill().status();
      assertThat(second.terminate().statusWithin(15)).isEqualTo(TERMINATED);
      assertThat(second.stderr()).isEmpty();
      assertThat(pidFile).doesNotExist();
    }
    try (var third = trial.startWith(ITS_OWN, GATEWAY)) {
      third.endpoint();
      third.kill().status();
      assertThat(pidFile).exists();
    }
    try (var fourth = trial.startWith(ITS_OWN, GATEWAY)) {
      fourth.endpoint();
      assertThat(fourth.terminate().statusWithin(15)).isEqualTo(TERMINATED);
      assertThat(pidFile).doesNotExist();
    }
  }

  @Test
  void aNodeWithoutAGatewayHasNone() throws IOException {
    try (var node = trial.startWith(ITS_OWN, "up", "--roles", "demo")) {
      node.awaitLine("demo");
      assertThat(node.terminate().statusWithin(15)).isEqualTo(TERMINATED);
    }
    assertThat(directory.resolve("data/postgres")).doesNotExist();
  }

  @Test
  void aGatewayMayDoWithout() throws IOException {
    var none = Map.of("UMBEL_DATABASE_URL", "", "UMBEL_DATABASE_ENABLED", "false");
    try (var node = trial.startWith(none, GATEWAY)) {
      node.endpoint();
    }
    assertThat(directory.resolve("data/postgres")).doesNotExist();
  }

  @Test
  void saysWhatIsWrongWithTheOneThatIsConfigured() throws IOException {
    var url = TestDatabase.fresh();
    assertRefused(
        text(new DatabaseUrl(url.host(), url.port(), url.database(), url.user(), "wrong-one")),
        "umbel: PostgreSQL at " + url.place() + " does not let user \"umbel\" in: password"
            + " authentication failed for user \"umbel\". Correct user and password in"
            + " umbel.database.url, or the server's pg_hba.conf.\n");
    assertRefused(
        text(new DatabaseUrl("127.0.0.1", 1, "shop", "ann", "wrong-one")),
        "umbel: No PostgreSQL answers at 127.0.0.1:1/shop: the connection was refused. Start it, or"
            + " correct host and port in umbel.database.url.\n");
    assertRefused(
        text(url) + "?ssl=true",
        "umbel: The database URL cannot be used: its parameter \"ssl\" is not known here: use"
            + " sslmode and sslrootcert. Correct umbel.database.url.\n");
  }

  @Test
  void saysWhereItsOwnCannotBe() throws IOException {
    Files.createDirectories(directory.resolve("data"));
    var file = Files.writeString(directory.resolve("data/postgres"), "a file");
    try (var node = trial.startWith(ITS_OWN, GATEWAY)) {
      assertThat(node.status()).isEqualTo(DATABASE);
      assertThat(node.stderr())
          .startsWith("umbel: The database cannot be kept in " + file)
          .endsWith(
              "Choose another directory with --data, or set UMBEL_DATABASE_URL to a PostgreSQL"
                  + " of your own.\n");
    }
  }

  @Test
  void aProcessForOneClientEndsItsOwnAlthoughTheClientLeavesBeforeItIsThere() throws IOException {
    var log = directory.resolve("data/postgres/server.log");
    try (var stdio = trial.startWith(ITS_OWN, "stdio")) {
      while (!Files.exists(log)) {
        Thread.onSpinWait(); // it is being made; the test's own time is the bound
      }
      stdio.stdin().close();
      assertThat(stdio.status()).isZero();
    }
    assertThat(pidFile).doesNotExist();
  }

  @Test
  void aProcessForOneClientSaysTooWhereItsOwnCannotBe() throws IOException {
    Files.createDirectories(directory.resolve("data"));
    var file = Files.writeString(directory.resolve("data/postgres"), "a file");
    try (var stdio = trial.startWith(ITS_OWN, "stdio")) {
      assertThat(stdio.status()).isEqualTo(DATABASE);
      assertThat(stdio.stderr()).startsWith("umbel: The database cannot be kept in " + file);
    }
  }

  private void assertRefused(String url, String sentence) throws IOException {
    try (var node = trial.startWith(Map.of("UMBEL_DATABASE_URL", url), GATEWAY)) {
      assertThat(node.status()).isEqualTo(DATABASE);
      assertThat(node.stderr()).isEqualTo(sentence).doesNotContain("wrong-one");
    }
  }

  private static String text(DatabaseUrl url) {
    return "postgresql://" + url.user() + ":" + url.password() + "@" + url.place();
  }
}
