package io.umbel.tools.issues.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What of a tracker is here after a sync. */
class SyncTest extends SyncedCopies {

  @Test
  void aTrackerThatIsNewIsCopiedWithCommentsAndLabels() {
    var number = far().put("WEB", "The cart forgets");
    far().put("WEB", number, JsonObject.of("labels", new JsonArray().add("bug").add("cart")));
    far().comment("WEB", number, "c1", "I saw it too");
    opened();
    var state = until(now -> now.getString("state").equals("idle"));
    assertThat(state.getLong("done")).isEqualTo(1);
    assertThat(state.getLong("written")).isEqualTo(1);
    assertThat(state.getLong("total")).isEqualTo(1);
    assertThat(state.getString("error")).isNull();
    assertThat(issue("title", number)).isEqualTo("The cart forgets");
    assertThat(issue("key", number)).isEqualTo("WEB#" + number);
    assertThat(issue("author", number)).isEqualTo("zoe");
    assertThat(issue("labels", number)).isEqualTo("{bug,cart}");
    assertThat(one("SELECT body FROM comments")).isEqualTo("I saw it too");
    assertThat(one("SELECT string_agg(name || ' ' || coalesce(color, '-'), ', ' ORDER BY name)"
            + " FROM labels"))
        .isEqualTo("bug d73a4a, cart -");
    assertThat(heard()).containsExactly("issue-created WEB#" + number);
  }

  @Test
  void whatDidNotChangeIsNotWrittenAgain() {
    var same = far().put("WEB", "Stays");
    var other = far().put("WEB", "Changes");
    opened();
    until(now -> now.getString("state").equals("idle"));
    var before = issue("changed", same);
    heard().clear();
    far().put("WEB", other, JsonObject.of("title", "Changed"));
    far().put("WEB", same, new JsonObject());
    var state = synced();
    assertThat(state.getLong("done")).isEqualTo(2);
    assertThat(state.getLong("written")).isEqualTo(1);
    assertThat(issue("changed", same)).isEqualTo(before);
    assertThat(issue("title", other)).isEqualTo("Changed");
    assertThat(heard()).containsExactly("issue-updated WEB#" + other);
    assertThat(far().asked().get(far().asked().size() - 1)).contains("since=");
  }

  @Test
  void theTrackerIsRightAndWhatWasHereGoesIntoTheHistory() {
    var number = far().put("WEB", "As the tracker has it");
    opened();
    until(now -> now.getString("state").equals("idle"));
    one("UPDATE issues SET title = 'As somebody here wants it', changed = pg_current_xact_id()"
        + " RETURNING title");
    far().put("WEB", number, JsonObject.of("status", "closed"));
    synced();
    assertThat(issue("title", number)).isEqualTo("As the tracker has it");
    assertThat(issue("category", number)).isEqualTo("done");
    assertThat(one("SELECT string_agg(actor || ': ' || field || ' ' || before || ' > ' || after,"
            + " '; ' ORDER BY id) FROM history"))
        .isEqualTo("tracker: title As somebody here wants it > As the tracker has it;"
            + " tracker: status open > closed");
  }

  @Test
  void commentsThatChangeOrGoDoSoHere() {
    var number = far().put("WEB", "Talked about");
    far().comment("WEB", number, "c1", "First");
    far().comment("WEB", number, "c2", "Second");
    opened();
    until(now -> now.getString("state").equals("idle"));
    heard().clear();
    var left = JsonObject.of("id", "c2", "body", "Second, mended", "author", "zoe")
        .put("at", "2026-03-01T09:00:00Z");
    far().put("WEB", number, JsonObject.of("comments", JsonArray.of(left)));
    synced();
    assertThat(one("SELECT string_agg(external_id || ' ' || body, ', ') FROM comments"))
        .isEqualTo("c2 Second, mended");
    assertThat(heard()).containsExactly("issue-commented WEB#" + number);
  }

  @Test
  void anIssueThatCannotBeKeptDoesNotStopTheOthers() {
    far().put("WEB", "x".repeat(1025));
    far().put("WEB", null, JsonObject.of("title", "Zero", "more", JsonObject.of("a", "\0")));
    var good = far().put("WEB", "Good");
    far().comment("WEB", good, "c1", "");
    opened();
    var state = until(now -> now.getString("state").equals("idle"));
    assertThat(one("SELECT string_agg(title, ', ') FROM issues")).isEqualTo("Good");
    assertThat(state.getLong("done")).isEqualTo(3);
    assertThat(state.getLong("failed")).isEqualTo(3);
    assertThat(state.getJsonArray("failures").stream().map(String::valueOf))
        .containsExactlyInAnyOrder(
            JsonObject.of("key", "WEB#1")
                .put(
                    "message",
                    "Its title has 1025 characters, and 1024 are kept at most: shorten it in the"
                        + " tracker")
                .encode(),
            JsonObject.of("key", "WEB#2", "message", "The database cannot keep a value of it")
                .encode(),
            JsonObject.of("key", "WEB#3", "message", "A comment of it has no text")
                .encode());
  }

  @Test
  void whatIsGoneThereGoesHereWithTheNextSweep() {
    var stays = far().put("WEB", "Stays");
    var goes = far().put("WEB", "Goes");
    opened();
    until(now -> now.getString("state").equals("idle"));
    heard().clear();
    far().remove("WEB", goes);
    synced();
    assertThat(issue("title", goes)).isEqualTo("Goes");
    one("UPDATE sync_places SET swept_at = now() - interval '2 days' RETURNING account");
    synced();
    assertThat(one("SELECT string_agg(external_id, ',') FROM issues")).isEqualTo(stays);
    assertThat(one("SELECT count(*) FROM removed_issues WHERE account = 'acme'"))
        .isEqualTo("1");
    assertThat(heard()).containsExactly("issue-deleted WEB#" + goes);
    assertThat(one("SELECT count(*) FROM sync_seen")).isEqualTo("2");
  }

  @Test
  void aSweepRemovesNothingThatTheTrackerStillHas() {
    far().put("WEB", "Stays");
    opened();
    until(now -> now.getString("state").equals("idle"));
    one("UPDATE sync_places SET swept_at = now() - interval '2 days' RETURNING account");
    one("UPDATE issues SET external_id = '77' RETURNING id::text");
    far().put("WEB", "77", JsonObject.of("title", "Left out of the pages"));
    synced();
    assertThat(issue("title", "77")).isEqualTo("Left out of the pages");
  }

  @Test
  void aProjectThatCannotBeReadKeepsNoOtherFromIt() {
    var second = tracker("Two", "API", "NONE");
    far().put("API", "There");
    far().breakAt(path -> path.startsWith("/NONE/"));
    opened();
    new SyncBoard(pool()).ask(ACCOUNT, second).await();
    while (!show(second).getString("state").equals("failed")) {
      pool().query("SELECT pg_sleep(0.02)").execute().await();
    }
    var state = show(second);
    assertThat(state.getLong("done")).isEqualTo(1);
    assertThat(state.getString("error")).isEqualTo("Tracker Far answered with HTTP status 500");
    assertThat(state.getJsonArray("failures").getJsonObject(0).getString("key")).isEqualTo("NONE");
    assertThat(one("SELECT string_agg(title, ',') FROM issues")).isEqualTo("There");
  }

  @Test
  void aTrackerThatAsksForPatienceGetsAsLongAsItWants() {
    far().tellToWait(2_000_000);
    opened();
    var state = until(now -> now.getString("error") != null);
    assertThat(state.getString("state")).isEqualTo("queued");
    assertThat(state.getString("error")).isEqualTo("Tracker Far was asked too often");
    assertThat(one("SELECT due_at > now() + interval '33 minutes' FROM syncs")).isEqualTo("true");
  }

  @Test
  void aTrackerThatIsAwayIsTriedMoreAndMoreRarelyAndHarmsNoOther() {
    far().breakAt(path -> path.startsWith("/WEB/") || path.startsWith("/test/"));
    var second = tracker("Two", "API");
    far().put("API", "There");
    opened();
    until(now -> now.getString("state").equals("failed"));
    while (!show(second).getString("state").equals("idle")) {
      pool().query("SELECT pg_sleep(0.02)").execute().await();
    }
    var first = Double.parseDouble(one("SELECT extract(epoch FROM due_at - ended_at) FROM syncs"
        + " WHERE tracker = '" + tracker() + "'"));
    assertThat(first).isBetween(26.0, 34.0);
    synced();
    var later = Double.parseDouble(one("SELECT extract(epoch FROM due_at - ended_at) FROM syncs"
        + " WHERE tracker = '" + tracker() + "'"));
    assertThat(later).isBetween(53.0, 67.0);
    far().breakAt(path -> false);
    assertThat(synced().getString("state")).isEqualTo("idle");
  }

  @Test
  void askingTwiceIsAskingOnce() {
    far().put("WEB", "One");
    opened();
    until(now -> now.getString("state").equals("idle"));
    far().forgetWhatWasAsked();
    far().beSilentAt(path -> path.startsWith("/WEB/issues?"));
    var board = new SyncBoard(pool());
    board.ask(ACCOUNT, tracker()).await();
    until(now -> now.getString("state").equals("running"));
    board.ask(ACCOUNT, tracker()).await();
    assertThat(show().getString("state")).isEqualTo("running");
    assertThat(one("SELECT count(*) FROM syncs")).isEqualTo("1");
  }
}
