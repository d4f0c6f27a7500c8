package io.umbel.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rows of one account, for a user whom policies bind and for one whom they do not. */
class RowSecurityTest {

  private static final String ALL = "SELECT text FROM notes ORDER BY text";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void holdsForAUserWhoMayDoAnything() {
    holds(TestDatabase.fresh());
  }

  @Test
  void holdsForTheOwnerOfTheTables() {
    var name = "owner_" + UUID.randomUUID().toString().replace("-", "");
    TestDatabase.execute(TestDatabase.server(), "CREATE ROLE " + name + " LOGIN PASSWORD 'secret'");
    TestDatabase.execute(TestDatabase.server(), "CREATE DATABASE " + name + " OWNER " + name);
    var server = TestDatabase.server();
    var url = new DatabaseUrl(server.host(), server.port(), name, name, "secret");
    holds(url);
    var unbound = Database.open(vertx, url, "guarded").await();
    assertThat(texts(unbound.pool().query(ALL).execute())).isEmpty();
  }

  @Test
  void manyNodesMayOpenItAtOnce() {
    var database = Database.open(vertx, TestDatabase.fresh(), "guarded").await();
    var opening = new ArrayList<Future<RowSecurity>>();
    for (int i = 0; i < 6; i++) {
      opening.add(RowSecurity.of(database));
    }
    assertThat(Future.all(opening).await().succeeded()).isTrue();
  }

  private void holds(DatabaseUrl url) {
    var database = Database.open(vertx, url, "guarded").await();
    var rows = RowSecurity.of(database).await();
    for (var account : List.of("east", "west")) {
      rows.within(
              account,
              one -> one.preparedQuery("INSERT INTO notes VALUES ($1, $1)")
                  .execute(io.vertx.sqlclient.Tuple.of(account)))
          .await();
    }
    assertThat(texts(rows.within("east", one -> one.query(ALL).execute()))).containsExactly("east");
    assertThat(texts(rows.within("none", one -> one.query(ALL).execute()))).isEmpty();
    assertThat(rows.within(
                "east",
                one -> one.query("INSERT INTO notes VALUES ('west', 'x')").execute())
            .map("written")
            .otherwise(Throwable::getMessage)
            .await())
        .contains("row-level security");
    assertThat(
            rows.within("east", one -> one.query("UPDATE notes SET text = 'x'").execute())
                .await()
                .rowCount())
        .isEqualTo(1);
    assertThat(texts(rows.within("west", one -> one.query(ALL).execute()))).containsExactly("west");
  }

  private static List<String> texts(Future<RowSet<Row>> rows) {
    var all = new ArrayList<String>();
    rows.await().forEach(row -> all.add(row.getString(0)));
    return all;
  }
}
