package io.umbel.storage;

import io.umbel.storage.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Databases for tests: one real server for all tests of a module, kept in its {@code target}, and a
 * database of its own for whoever asks. It is all gone when the tests have run.
 */
public final class TestDatabase {

  private static final Path DIRECTORY = Path.of("target", "postgres-for-tests");
  private static EmbeddedPostgres server;

  private TestDatabase() {}

  /** A new, empty database. */
  public static synchronized DatabaseUrl fresh() {
    var name = "test_" + UUID.randomUUID().toString().replace("-", "");
    execute(server(), "CREATE DATABASE " + name);
    return server().withDatabase(name);
  }

  /** The server's own database, in which its user may do anything. */
  public static synchronized DatabaseUrl server() {
    if (server == null) {
      server = EmbeddedPostgres.start(DIRECTORY);
      Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::end, "end-of-databases"));
    }
    return server.url();
  }

  /** Runs a statement, whatever it is. */
  public static void execute(DatabaseUrl url, String statement) {
    try (var connection = Migrations.source(url).getConnection();
        var prepared = connection.createStatement()) {
      prepared.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /** Hands over the first column of every row that a query finds. */
  public static void query(DatabaseUrl url, String query, Consumer<String> taker) {
    try (var connection = Migrations.source(url).getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        taker.accept(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** At once and without a trace: to end and to tidy up in order takes longer than many tests. */
  private static void end() {
    try {
      var cluster = DIRECTORY.resolve("cluster");
      var pid = Files.readAllLines(cluster.resolve("data/postmaster.pid")).get(0);
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
      var remains =
          Files.move(cluster, Files.createTempDirectory(DIRECTORY, "ended").resolve("x"));
      try (var files = Files.walk(remains.getParent())) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    } catch (IOException | UncheckedIOException e) {
      // What is left is in a directory for what is left.
    }
  }
}
