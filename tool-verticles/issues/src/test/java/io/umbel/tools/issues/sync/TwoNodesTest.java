package io.umbel.tools.issues.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A large tracker, and a node that dies in the middle of it. */
@Timeout(240)
class TwoNodesTest extends SyncedCopies {

  private static final int ISSUES = 10_000;

  @Test
  void tenThousandIssuesComeOnceEachAlthoughTheirNodeIsKilledInTheMiddle() {
    IntStream.range(0, ISSUES).forEach(i -> far().put("WEB", "Number " + i));
    var first = node();
    var dying = instance(first, QUICK);
    first.vertx().runOnContext(here -> dying.open());
    until(now -> now.getLong("done") >= ISSUES / 4);
    first.vertx().close().await();
    var kept = show().getLong("done");
    assertThat(kept).isLessThan(ISSUES);
    assertThat(Long.valueOf(one("SELECT count(*) FROM issues"))).isEqualTo(kept);
    far().forgetWhatWasAsked();
    var second = node();
    var other = instance(second, QUICK);
    second.vertx().runOnContext(here -> other.open());
    var state = until(now -> now.getString("state").equals("idle"));
    assertThat(state.getLong("done")).isEqualTo(ISSUES);
    assertThat(state.getLong("written")).isEqualTo(ISSUES);
    assertThat(state.getLong("total")).isEqualTo(ISSUES);
    assertThat(one("SELECT count(*) || ' ' || count(DISTINCT external_id) FROM issues"))
        .isEqualTo("10000 10000");
    assertThat(one("SELECT count(*) FROM history")).isEqualTo("0");
    assertThat(far().asked())
        .as("pages asked for by the second node")
        .hasSize((int) (ISSUES - kept) / SmallTracker.PAGE)
        .first()
        .isEqualTo("/WEB/issues?all&from=" + kept);
  }

  @Test
  void anInstanceThatStopsLetsAnotherOneGoOnAtOnce() {
    IntStream.range(0, 1_000).forEach(i -> far().put("WEB", "Number " + i));
    var first = node();
    var leaving = instance(first, QUICK);
    first.vertx().runOnContext(here -> leaving.open());
    until(now -> now.getLong("done") >= 200);
    Future.future(closed -> first
            .vertx()
            .runOnContext(
                here -> leaving.close().onComplete(done -> closed.handle(done.mapEmpty()))))
        .await();
    assertThat(show().getString("state")).isIn("queued", "idle");
    opened();
    assertThat(until(now -> now.getString("state").equals("idle")).getLong("done"))
        .isEqualTo(1_000);
  }

  @Test
  void twoNodesNeverSyncTheSameTrackerAtOnce() {
    IntStream.range(0, 1_000).forEach(i -> far().put("WEB", "Number " + i));
    for (int i = 0; i < 2; i++) {
      var node = node();
      var syncs = instance(node, QUICK);
      node.vertx().runOnContext(here -> syncs.open());
    }
    assertThat(until(now -> now.getString("state").equals("idle")).getLong("done"))
        .isEqualTo(1_000);
    assertThat(far().asked()).doesNotHaveDuplicates();
  }
}
