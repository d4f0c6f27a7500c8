package io.umbel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.storage.embedded.EmbeddedPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {

  private static final Path DIRECTORY = Path.of("target", "postgres-to-lose");

  private final Vertx vertx = Vertx.vertx();
  private EmbeddedPostgres postgres;
  private Database database;

  @BeforeEach
  void open() {
    postgres = EmbeddedPostgres.start(DIRECTORY);
    database = Database.open(vertx, postgres.url(), "sample").await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
    postgres.stop();
  }

  @Test
  void failsWhileTheServerIsAwayAndRecoversByItself() throws Exception {
    database.probe().await();
    var port = postgres.url().port();
    postgres.stop();
    assertThatThrownBy(() -> database.probe().await(10, TimeUnit.SECONDS)).isNotNull();

    postgres = EmbeddedPostgres.start(DIRECTORY);
    assertThat(postgres.url().port()).isEqualTo(port);
    database.probe().await(10, TimeUnit.SECONDS);
  }

  @Test
  void failsInBoundedTimeWhereTheServerSaysNothingAndRecoversByItself() throws Exception {
    database.probe().await();
    var processes = processes();
    signal("STOP", processes);
    try {
      assertThatThrownBy(() -> database.probe().await()).isInstanceOf(TimeoutException.class);
      var asked = IntStream.range(0, 50).mapToObj(i -> database.probe()).toList();
      assertThatThrownBy(() -> Future.join(asked).await(10, TimeUnit.SECONDS))
          .hasMessageContaining("imeout");
      assertThat(asked).allMatch(Future::failed);
    } finally {
      signal("CONT", processes);
    }
    database.probe().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aStatementThatTakesTooLongIsEnded() {
    assertThatThrownBy(
            () -> database.pool().query("SELECT pg_sleep(60)").execute().await())
        .hasMessageContaining("statement timeout");
    database.probe().await();
  }

  @Test
  void manyAtOnceWaitForTheirTurnAndEndInBoundedTime() {
    var asked = IntStream.range(0, 200).mapToObj(i -> database.probe()).toList();
    Future.join(asked).await();
  }

  private static List<ProcessHandle> processes() throws IOException {
    var pid =
        Files.readAllLines(DIRECTORY.resolve("cluster/data/postmaster.pid")).get(0);
    var server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    return Stream.concat(Stream.of(server), server.children()).toList();
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    for (var process : processes) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
          .start()
          .waitFor();
    }
  }
}
