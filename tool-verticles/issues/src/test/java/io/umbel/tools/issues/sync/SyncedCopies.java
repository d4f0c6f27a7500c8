package io.umbel.tools.issues.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Bus;
import io.umbel.contract.LoneNode;
import io.umbel.storage.Database;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.umbel.tools.issues.write.IssueEvents;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A tracker behind HTTP, an account that has it, and nodes that keep the copy. */
@Timeout(12)
abstract class SyncedCopies {

  static final String ACCOUNT = "acme";
  static final SyncSettings QUICK = new SyncSettings(
      Duration.ofHours(1), Duration.ofMillis(50), Duration.ofMillis(1500), Duration.ofDays(1));

  private final List<LoneNode> nodes = new ArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private DatabaseUrl url;
  private Pool pool;
  private SmallTracker far;
  private UUID tracker;

  @BeforeEach
  final void begin() {
    url = TestDatabase.fresh();
    var node = node();
    pool = Database.open(node.vertx(), url, "issues").await().pool();
    far = new SmallTracker(node.vertx());
    far.knows("test");
    tracker = tracker("Far", "WEB");
    node.vertx()
        .eventBus()
        .<Buffer>consumer(
            Bus.ISSUES,
            message -> heard.add(message.headers().get("op") + " "
                + message.body().toJsonObject().getString("key")));
  }

  @AfterEach
  final void end() {
    nodes.forEach(LoneNode::close);
  }

  /** Another node. */
  final LoneNode node() {
    var node = new LoneNode();
    nodes.add(node);
    return node;
  }

  final SmallTracker far() {
    return far;
  }

  final UUID tracker() {
    return tracker;
  }

  final Pool pool() {
    return pool;
  }

  final List<String> heard() {
    return heard;
  }

  /** Another tracker of the account. */
  final UUID tracker(String name, String... projects) {
    var id = UUID.fromString(one("INSERT INTO trackers (account, name, tracker_type)"
        + " VALUES ('acme', '" + name + "', 'github') RETURNING id::text"));
    for (var project : projects) {
      one("INSERT INTO projects (account, tracker_id, organization, identifier, name) VALUES"
          + " ('acme', '" + id + "', 'Far', '" + project + "', '" + project
          + "') RETURNING id::text");
      far.knows(project);
    }
    return id;
  }

  /** An instance on a node of its own. */
  final Syncs instance(LoneNode node, SyncSettings settings) {
    var own = Database.open(node.vertx(), url, "issues").await().pool();
    var remote = new SmallRemote(node.vertx(), far.port());
    return new Syncs(
        node.vertx(),
        own,
        settings,
        (account, id) -> io.vertx.core.Future.succeededFuture(remote),
        new IssueEvents(node.vertx(), node.node().id()));
  }

  final Syncs opened() {
    var syncs = instance(nodes.get(0), QUICK);
    nodes.get(0).vertx().runOnContext(here -> syncs.open());
    return syncs;
  }

  /** Has it synced, and waits until that is over. */
  final JsonObject synced() {
    var before = show().getString("ended_at");
    new SyncBoard(pool).ask(ACCOUNT, tracker).await();
    return until(now -> now.getString("ended_at") != null
        && !now.getString("ended_at").equals(before)
        && !now.getString("state").equals("running"));
  }

  /** Waits until it stands so. */
  final JsonObject until(Predicate<JsonObject> wanted) {
    var now = show();
    for (int tries = 0; !wanted.test(now); tries++) {
      assertThat(now.encode()).as("try %s", tries).doesNotContain("reason of ours");
      assertThat(tries).as("%s", now).isLessThan(3_000);
      nodes.get(0).vertx().timer(20, TimeUnit.MILLISECONDS).await();
      now = show();
    }
    return now;
  }

  final JsonObject show() {
    return show(tracker);
  }

  final JsonObject show(UUID which) {
    return new SyncBoard(pool)
        .show(ACCOUNT, which)
        .await()
        .orElse(JsonObject.of("state", "none", "done", 0));
  }

  /** The first column of the first row. */
  final String one(String query) {
    var rows = pool.query(query).execute().await();
    assertThat(rows.size()).as(query).isPositive();
    return String.valueOf(rows.iterator().next().getValue(0));
  }

  final String issue(String column, String number) {
    return one("SELECT " + column + "::text FROM issues WHERE account = 'acme' AND external_id = '"
        + number + "'");
  }
}
