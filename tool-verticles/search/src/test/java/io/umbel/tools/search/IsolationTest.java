package io.umbel.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Call;
import io.umbel.contract.Caller;
import io.umbel.contract.Outcome;
import io.umbel.storage.Database;
import io.umbel.storage.RowSecurity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever is searched for in whatever order, nobody is told what belongs to another account, or to
 * a project that they may not act in. Every text of a world holds that world's word, so a single
 * foreign word anywhere in an answer is a leak.
 */
class IsolationTest extends SearchFamily {

  private static final List<String> WORLDS = List.of("eastred", "eastblue", "westred", "westblue");
  private static final int CALLS = 500;
  private static final int AT_ONCE = 12;

  private final Random random = new Random(4);

  @Test
  void nobodyEverFindsAnotherWorld() {
    WORLDS.forEach(this::fill);
    for (var world : WORLDS) {
      awaitThat(() -> found(caller(world), query("boat")).getInteger("total") >= 4);
    }
    var open = new ArrayList<Future<?>>();
    for (int i = 0; i < CALLS; i++) {
      var world = WORLDS.get(random.nextInt(WORLDS.size()));
      if (random.nextInt(5) == 0) {
        write(world, 1 + random.nextInt(6));
      }
      open.add(begin(world)
          .onSuccess(outcome -> assertThat(text(outcome))
              .as("what %s is told", world)
              .doesNotContain(
                  WORLDS.stream().filter(other -> !other.equals(world)).toArray(String[]::new))));
      if (open.size() == AT_ONCE) {
        Future.all(open).await();
        open.clear();
      }
    }
    Future.all(open).await();
  }

  @Test
  void theDatabaseItselfShowsNoForeignRowToWhoForgetsToAsk() {
    WORLDS.forEach(this::fill);
    for (var world : WORLDS) {
      awaitThat(() -> found(caller(world), query("boat")).getInteger("total") >= 4);
    }
    var database = Database.open(node().vertx(), "search").await();
    var rows = RowSecurity.of(database).await();
    for (var table : List.of("issues", "comments", "projects")) {
      var accounts = "SELECT count(*), count(DISTINCT account), min(account) FROM " + table;
      var seen = rows.within("east", one -> one.query(accounts).execute())
          .await()
          .iterator()
          .next();
      assertThat(seen.getInteger(0)).as(table).isPositive();
      assertThat(seen.getInteger(1)).as(table).isEqualTo(1);
      assertThat(seen.getString(2)).as(table).isEqualTo("east");
      var none = rows.within("", one -> one.query(accounts).execute())
          .await()
          .iterator()
          .next();
      assertThat(none.getInteger(0)).as(table).isZero();
      var moved = rows.within(
          "east",
          one -> one.query("DELETE FROM " + table + " WHERE account = 'west'").execute());
      assertThat(moved.await().rowCount()).as(table).isZero();
    }
    var stolen = "UPDATE issues SET account = 'west' WHERE account = 'east'";
    assertThat(rows.within("east", one -> one.query(stolen).execute())
            .map("stolen")
            .otherwise(Throwable::getMessage)
            .await())
        .contains("row-level security");
    database.close().await();
  }

  private void fill(String world) {
    var account = account(world);
    var project = project(world);
    issues.project(
        account, project.toUpperCase(java.util.Locale.ROOT), JsonObject.of("project_id", project));
    for (int i = 1; i <= 3; i++) {
      write(world, i);
    }
  }

  private void write(String world, int number) {
    var key = project(world).toUpperCase(java.util.Locale.ROOT) + "-" + number;
    var said = IssuesTools.comment(world, world + " says boat " + number);
    issues.put(
        account(world),
        key,
        text(world + " boat " + random.nextInt(9), world + " ferry", world)
            .put("status", "status_of_" + world)
            .put("comments", JsonArray.of(said)));
  }

  /** One search of that world's caller, that names anything there is anywhere. */
  private Future<Outcome> begin(String world) {
    var other = WORLDS.get(random.nextInt(WORLDS.size()));
    var words = List.of("boat", "ferry or boat", "", "east or west or " + "boat", "says");
    var arguments = query(words.get(random.nextInt(words.size())));
    if (random.nextInt(3) == 0) {
      arguments.put("project_id", project(other));
    }
    if (random.nextInt(3) == 0) {
      arguments.put(
          "project",
          random.nextBoolean() ? project(other) : IssuesTools.id(account(other) + "/RED"));
    }
    if (random.nextInt(3) == 0) {
      arguments.put("target_type", random.nextBoolean() ? "comment" : "issue");
    }
    var like = gateway().newCall("search", arguments);
    var call = new Call(like.target(), caller(world), like.trail(), 10_000, like.params());
    return gateway().send(announcement(), call);
  }

  private static String text(Outcome outcome) {
    return outcome instanceof Outcome.Result result ? result.json().toString() : "";
  }

  private static String account(String world) {
    return world.substring(0, 4);
  }

  private static String project(String world) {
    return world.substring(4);
  }

  private static Caller caller(String world) {
    return new Caller(account(world), "ann", project(world), null, Set.of());
  }
}
