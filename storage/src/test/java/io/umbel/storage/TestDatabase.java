package io.umbel.storage;

import io.umbel.storage.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Databases for tests: one real server for all tests of a module, kept in its {@code target}, and a
 * database of its own for whoever asks. They are gone when the tests have run.
 */
public final class TestDatabase {

  private static final List<String> MADE = new ArrayList<>();
  private static EmbeddedPostgres server;

  private TestDatabase() {}

  /** A new, empty database. */
  public static synchronized DatabaseUrl fresh() {
    var name = "test_" + UUID.randomUUID().toString().replace("-", "");
    execute(server(), "CREATE DATABASE " + name);
    MADE.add(name);
    return server().withDatabase(name);
  }

  /** The server's own database, in which its user may do anything. */
  public static synchronized DatabaseUrl server() {
    if (server == null) {
      server = EmbeddedPostgres.start(Path.of("target", "postgres-for-tests"));
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

  private static synchronized void end() {
    MADE.forEach(name -> execute(server.url(), "DROP DATABASE " + name + " WITH (FORCE)"));
    server.stop();
  }
}
