package io.umbel.tools.issues.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.PlayedApi.Asked;
import io.umbel.tools.issues.tracker.Remote.Copied;
import io.umbel.tools.issues.tracker.Remote.Since;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How trackers on other servers behave, beside what all trackers do. */
public abstract class RemoteContract extends TrackerContract {

  private static final int MANY = 250;

  /** The server at the other end. */
  protected abstract PlayedApi server();

  /** The tracker, opened with that. */
  protected abstract Remote opened(String secret);

  /** A project of the server. */
  protected abstract Project project();

  /** One that the server does not have. */
  protected abstract Project noProject();

  /** Whether a request changes something there. */
  protected abstract boolean isWrite(Asked asked);

  /** An issue that somebody makes there; its external id. */
  protected abstract String appears(String title);

  /** Somebody changes it there. */
  protected abstract void retitled(String externalId, String title);

  /** Somebody deletes it there, or may see it no longer. */
  protected abstract void vanishes(String externalId);

  /** Somebody says something there. */
  protected abstract void commented(String externalId, String text);

  /** What its clock says. */
  protected abstract Instant now();

  @Override
  protected final long writes() {
    return server().asked().stream().filter(this::isWrite).count();
  }

  private Remote tracker() {
    return opened(secret());
  }

  @Test
  final void saysThatItsCredentialsAreGoodOrBad() {
    var good = tracker().test().await();
    assertThat(good.isValid()).as(good.message()).isTrue();
    assertThat(good.message()).doesNotContain(secret());
    var bad = opened("notTheRightOne").test().await();
    assertThat(bad.isValid()).isFalse();
    assertThat(bad.message()).isNotBlank().doesNotContain("notTheRightOne");
  }

  @Test
  final void wrongCredentialsAreRefusedAndTheTrackerIsNotValidAnyMore() {
    var id = appears("One");
    var stranger = opened("notTheRightOne");
    var refused = refused(() -> stranger.issue(project(), id));
    assertThat(refused.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(verdicts).isNotEmpty().noneMatch(verdict -> verdict.isValid());
    assertThat(refused(() -> stranger.changed(project(), new Since(null, null))).code())
        .isEqualTo(ErrorCode.UPSTREAM_ERROR);
    var make = fields("Two", null, List.of(), null);
    assertThat(refused(() -> stranger.create(project(), make)).code())
        .isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(verdicts.toString()).doesNotContain("notTheRightOne");
  }

  @Test
  final void whatItMayNotDoIsRefusedAndTheTrackerIsNotValidAnyMore() {
    var key = full("One").getString("key");
    server().next(403, Map.of(), JsonObject.of("message", "Forbidden"));
    refused(ErrorCode.UPSTREAM_ERROR, () -> hands().update(key, JsonObject.of("title", "Two")));
    assertThat(verdicts).isNotEmpty().noneMatch(verdict -> verdict.isValid());
  }

  @Test
  final void anIssueThatIsGoneIsNotFound() {
    var issue = full("One");
    vanishes(issue.getString("external_id"));
    refused(
        ErrorCode.NOT_FOUND,
        () -> hands().update(issue.getString("key"), JsonObject.of("title", "Two")));
    assertThat(tracker().issue(project(), issue.getString("external_id")).await())
        .isEmpty();
  }

  @Test
  final void waitsOnceAsLongAsItIsToldAndThenGivesUp() {
    var id = appears("One");
    var early = Map.of("Retry-After", "1");
    server().next(429, early, JsonObject.of("message", "slow down"));
    assertThat(tracker().issue(project(), id).await()).isPresent();
    server().next(429, early, JsonObject.of("message", "slow down"));
    server().next(429, early, JsonObject.of("message", "slow down"));
    var refused = refused(() -> tracker().issue(project(), id));
    assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refused.details().getLong("retry_after_ms")).isEqualTo(1_000);
    server().next(429, Map.of("Retry-After", "3600"), null);
    assertThat(refused(() -> tracker().issue(project(), id)).getMessage()).contains("3600 s");
  }

  @Test
  final void readsThreeTimesWhereTheServerStumbles() {
    var id = appears("One");
    server().next(503, Map.of(), null);
    server().next(500, Map.of(), "oops");
    assertThat(tracker().issue(project(), id).await()).isPresent();
    for (int i = 0; i < 3; i++) {
      server().next(502, Map.of(), "<html>Bad gateway</html>");
    }
    server().forget();
    assertThat(refused(() -> tracker().issue(project(), id)).code())
        .isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(server().asked()).hasSize(3);
  }

  @Test
  final void nothingIsEverWrittenTwice() {
    var key = full("One").getString("key");
    var write = writeLine(key);
    var before = writes();
    server().next(write, 503, Map.of(), null);
    refused(ErrorCode.UPSTREAM_ERROR, () -> hands().update(key, JsonObject.of("title", "Two")));
    assertThat(writes()).isEqualTo(before + 1);
    var again = hands().update(key, JsonObject.of("title", "Three"));
    assertThat(again.getString("title")).isEqualTo("Three");
  }

  @Test
  final void anAnswerThatNobodyUnderstandsIsItsFault() {
    var id = appears("One");
    for (var body : new Object[] {"<html>Sign in</html>", "[1", JsonObject.of("id", 7)}) {
      server().next(200, Map.of(), body);
      assertThat(refused(() -> tracker().issue(project(), id)).code())
          .isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }
  }

  @Test
  final void tellsOfAnIssueWithItsComments() {
    var id = appears("One");
    commented(id, "First.");
    commented(id, "Second.");
    var copied = tracker().issue(project(), id).await().orElseThrow();
    assertThat(copied.placed().externalId()).isEqualTo(id);
    assertThat(copied.placed().taken().title()).isEqualTo("One");
    assertThat(copied.placed().taken().status().category()).isEqualTo("todo");
    assertThat(copied.origin().author()).isNotBlank();
    assertThat(Instant.parse(copied.origin().updatedAt())).isBeforeOrEqualTo(now());
    assertThat(copied.comments())
        .extracting(one -> one.body())
        .containsExactly("First.", "Second.");
    assertThat(copied.comments()).allMatch(one -> !one.placed().externalId().isBlank());
    assertThat(tracker().issue(project(), "987654").await()).isEmpty();
  }

  @Test
  final void tellsTheProjectsThatThereAre() {
    var all = tracker().projects(100).await();
    assertThat(all)
        .extracting(Remote.Place::identifier)
        .contains(project().identifier())
        .isSorted();
    assertThat(all)
        .allMatch(place -> !place.name().isBlank() && !place.organization().isBlank());
    assertThat(tracker().projects(1).await()).hasSize(1);
  }

  @Test
  final void whatIsNoProjectHasNoIssues() {
    assertThat(refused(() -> tracker().changed(noProject(), new Since(null, null)))
            .code())
        .isIn(ErrorCode.NOT_FOUND, ErrorCode.UPSTREAM_ERROR);
  }

  @Test
  final void tellsAllThatChangedPageByPage() {
    var made = new ArrayList<String>();
    for (int i = 0; i < MANY; i++) {
      made.add(appears("Issue " + i));
    }
    var pages = pages(new Since(null, null));
    assertThat(pages).hasSizeGreaterThan(2);
    var all = pages.stream().flatMap(List::stream).toList();
    assertThat(ids(all)).containsExactlyElementsOf(made);
  }

  @Test
  final void tellsWhatChangedSince() {
    var old = new ArrayList<String>();
    for (int i = 0; i < 400; i++) {
      old.add(appears("Old " + i));
    }
    var since = now().toString();
    retitled(old.get(7), "Not so old");
    var fresh = appears("New");
    var told = ids(pages(new Since(since, null)).stream().flatMap(List::stream).toList());
    assertThat(told).contains(old.get(7), fresh).doesNotContain(old.get(0), old.get(8));
  }

  @Test
  final void leavesNothingOutThatChangesMeanwhile() {
    var made = new ArrayList<String>();
    for (int i = 0; i < MANY; i++) {
      made.add(appears("Issue " + i));
    }
    var seen = new ArrayList<Copied>();
    var changes = 0;
    var page = tracker().changed(project(), new Since(null, null)).await();
    for (int i = 0; page.next() != null && i < 100; i++) {
      seen.addAll(page.issues());
      if (changes < 5) {
        retitled(made.get(changes * 3), "Changed meanwhile " + ++changes);
      }
      page = tracker().changed(project(), new Since(null, page.next())).await();
    }
    seen.addAll(page.issues());
    assertThat(page.next()).isNull();
    assertThat(ids(seen)).containsAll(made);
    assertThat(seen)
        .extracting(one -> one.placed().taken().title())
        .contains("Changed meanwhile " + changes);
  }

  /** How a request begins that changes the title of an issue. */
  protected abstract String writeLine(String key);

  private List<List<Copied>> pages(Since since) {
    var pages = new ArrayList<List<Copied>>();
    var page = tracker().changed(project(), since).await();
    while (page.next() != null && pages.size() < 100) {
      pages.add(page.issues());
      page =
          tracker().changed(project(), new Since(since.updated(), page.next())).await();
    }
    assertThat(page.next()).isNull();
    pages.add(page.issues());
    return pages;
  }

  private static Set<String> ids(List<Copied> issues) {
    var ids = new LinkedHashSet<String>();
    issues.forEach(issue -> ids.add(issue.placed().externalId()));
    return ids;
  }
}
