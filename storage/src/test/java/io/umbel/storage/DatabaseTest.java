package io.umbel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseUrl url = TestDatabase.fresh();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void opensASchemaThatIsUpToDate() {
    url.installOn(vertx);
    var database = Database.open(vertx, "sample").await();
    database
        .pool()
        .preparedQuery("INSERT INTO word VALUES ($1)")
        .execute(Tuple.of("hello"))
        .await();
    var rows = database.pool().query("SELECT text FROM sample.word").execute().await();
    assertThat(rows.iterator().next().getString(0)).isEqualTo("hello");
    database.close().await();
  }

  @Test
  void manyNodesMayOpenTheSameSchemaAtOnce() {
    var opening =
        IntStream.range(0, 6).mapToObj(i -> Database.open(vertx, url, "sample")).toList();
    for (var database : Future.all(opening).await().<Database>list()) {
      assertThat(database.probe().succeeded() || database.probe().await() == null)
          .isTrue();
    }
  }

  @Test
  void refusesAWrongPassword() {
    var wrong = new DatabaseUrl(url.host(), url.port(), url.database(), url.user(), "wrong");
    assertRefused(
        wrong,
        "PostgreSQL at %s does not let user \"umbel\" in: password authentication failed for user"
            + " \"umbel\". Correct user and password in umbel.database.url, or the server's"
            + " pg_hba.conf.",
        url.place());
  }

  @Test
  void refusesADatabaseThatIsNotThere() {
    assertRefused(
        url.withDatabase("nowhere"),
        "There is no database \"nowhere\" at 127.0.0.1:%s. Create it (createdb nowhere), or correct"
            + " umbel.database.url.",
        url.port());
  }

  @Test
  void refusesAServerThatIsNotThere() {
    var nobody = new DatabaseUrl("127.0.0.1", 1, "shop", "ann", "secret");
    assertRefused(
        nobody,
        "No PostgreSQL answers at 127.0.0.1:1/shop: the connection was refused. Start it, or correct"
            + " host and port in umbel.database.url.");
  }

  @Test
  void refusesAHostThatNobodyKnows() {
    var nobody = new DatabaseUrl("nowhere.invalid", 5432, "shop", "ann", "secret");
    assertThatThrownBy(() -> Database.open(vertx, nobody, "sample").await())
        .isInstanceOf(StorageRefusal.class)
        .hasMessageStartingWith("No PostgreSQL answers at nowhere.invalid:5432/shop: ");
  }

  @Test
  void refusesASchemaOfANewerUmbel() {
    Database.open(vertx, url, "sample").await().close().await();
    TestDatabase.execute(
        url,
        "INSERT INTO sample.flyway_schema_history VALUES"
            + " (9, '7', 'later', 'SQL', 'V7__later.sql', 1, 'umbel', now(), 1, true)");
    assertRefused(
        url,
        "Schema \"sample\" of %s is at version 7, made by a newer Umbel; this one knows up to 1."
            + " Start that newer Umbel, or use another database.",
        url.place());
  }

  @Test
  void refusesASchemaThatSomebodyChanged() {
    Database.open(vertx, url, "sample").await().close().await();
    TestDatabase.execute(
        url, "UPDATE sample.flyway_schema_history SET checksum = 1 WHERE version = '1'");
    assertThatThrownBy(() -> Database.open(vertx, url, "sample").await())
        .isInstanceOf(StorageRefusal.class)
        .hasMessageStartingWith(
            "Schema \"sample\" of " + url.place() + " is not as Umbel made it: ")
        .hasMessageEndingWith("Restore it from a back-up, or use another database.");
  }

  @Test
  void refusesAUserWhoMayNotSetUpTables() {
    TestDatabase.execute(url, "DROP ROLE IF EXISTS guest");
    TestDatabase.execute(url, "CREATE ROLE guest LOGIN PASSWORD 'guest'");
    var guest = new DatabaseUrl(url.host(), url.port(), url.database(), "guest", "guest");
    assertRefused(
        guest,
        "User \"guest\" may not set up tables in %s: permission denied for database %s. Make it the"
            + " owner of the database (ALTER DATABASE … OWNER TO …).",
        url.place(),
        url.database());
  }

  @Test
  void aNameThatIsNoneIsABug() {
    assertThatThrownBy(() -> Database.open(vertx, url, "no name"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertRefused(DatabaseUrl at, String sentence, Object... parts) {
    assertThatThrownBy(() -> Database.open(vertx, at, "sample").await())
        .isInstanceOf(StorageRefusal.class)
        .hasMessage(sentence, parts);
  }
}
