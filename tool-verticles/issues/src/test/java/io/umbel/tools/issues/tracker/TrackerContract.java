package io.umbel.tools.issues.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** How trackers of every kind behave. A kind's own test extends this and says which it is. */
@Timeout(120)
public abstract class TrackerContract extends RemoteTest {

  private static final String TEXT = "Some **strong** words.\n\n- one\n- two";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  /**
   * The words of a kind.
   *
   * @param ways statuses from the first one on, each as it may be asked for, is told, and its
   *     category
   * @param unknownPerson whom it refuses, or null where it takes any name
   * @param relations that it knows
   */
  public record Words(
      List<Way> ways,
      String priority,
      String person,
      String unknownPerson,
      List<String> relations) {}

  /** A status. */
  public record Way(String asked, String told, String category) {}

  /** How its issues are written. */
  protected abstract Hands hands();

  protected abstract Words words();

  /** What opens it, which nobody is ever told; null where nothing does. */
  protected abstract String secret();

  /** How many requests changed something there; zero where nothing is elsewhere. */
  protected abstract long writes();

  @BeforeEach
  final void listenToTheLog() {
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    umbel().setLevel(Level.TRACE);
    root().addAppender(log);
  }

  @AfterEach
  final void nobodyIsToldTheSecret() {
    root().detachAppender(log);
    umbel().setLevel(null);
    if (secret() != null) {
      assertThat(hands().said()).noneMatch(text -> text.contains(secret()));
      assertThat(log.list)
          .noneMatch(event -> event.getFormattedMessage().contains(secret())
              || String.valueOf(event.getThrowableProxy()).contains(secret()));
    }
  }

  @Test
  final void makesAnIssueAndTellsAllOfIt() {
    var issue = hands()
        .create(JsonObject.of("title", "Doors jam", "description", TEXT)
            .put("labels", JsonArray.of("bug", "doors"))
            .put("priority", words().priority())
            .put("assignee", words().person()));
    assertThat(issue.getString("title")).isEqualTo("Doors jam");
    assertThat(issue.getString("description")).isEqualTo(TEXT);
    assertThat(labels(issue)).contains("bug", "doors");
    assertThat(issue.getString("priority")).isEqualToIgnoringCase(words().priority());
    assertThat(issue.getString("assignee")).isEqualTo(words().person());
    assertThat(category(issue)).isEqualTo("todo");
    assertThat(issue.getString("key")).isNotBlank();
    assertThat(issue.getString("external_id")).isNotBlank();
    assertThat(issue.getString("url")).contains(issue.getString("key").replaceFirst(".*[-#]", ""));
  }

  @Test
  final void changesOneFieldAndLeavesTheOthers() {
    var made = full("One");
    var changes = List.of(
        JsonObject.of("title", "Two"),
        JsonObject.of("description", "Other words."),
        JsonObject.of("labels", JsonArray.of("new")),
        JsonObject.of("assignee", words().person()));
    var expected = shown(made);
    for (var change : changes) {
      var after = hands().update(made.getString("key"), change);
      expected.mergeIn(change);
      assertThat(shown(after)).as("after %s", change).isEqualTo(expected);
    }
  }

  @Test
  final void anEmptyTextClearsAField() {
    var key = full("One").getString("key");
    var after = hands().update(key, JsonObject.of("assignee", ""));
    assertThat(after.getString("assignee")).isNull();
    assertThat(after.getString("description")).isEqualTo(TEXT);
    after = hands().update(key, JsonObject.of("description", "", "labels", new JsonArray()));
    assertThat(after.getString("description")).isEmpty();
    assertThat(labels(after)).doesNotContain("bug");
    assertThat(after.getString("title")).isEqualTo("One");
  }

  @Test
  final void whatIsSoAlreadyIsNotWritten() {
    var issue = full("One");
    var before = writes();
    hands().update(issue.getString("key"), JsonObject.of("title", "One"));
    hands().update(issue.getString("key"), new JsonObject());
    assertThat(writes()).isEqualTo(before);
  }

  @Test
  final void movesAnIssueWhateverTheCaseOfTheWord() {
    var key = full("One").getString("key");
    for (var way : words().ways()) {
      var after = hands().update(key, JsonObject.of("status", way.asked()));
      assertThat(after.getString("status")).isEqualTo(way.told());
      assertThat(category(after)).isEqualTo(way.category());
      assertThat(after.getString("description")).isEqualTo(TEXT);
    }
  }

  @Test
  final void makesAnIssueThatStandsSomewhereElse() {
    var way = words().ways().get(0);
    var issue = hands().create(JsonObject.of("title", "One", "status", way.asked()));
    assertThat(issue.getString("status")).isEqualTo(way.told());
    assertThat(category(issue)).isEqualTo(way.category());
  }

  @Test
  final void anUnknownStatusIsRefusedWithThoseThereAreAndNothingIsWritten() {
    var key = full("One").getString("key");
    var before = writes();
    for (var status : new String[] {"odd", "", "x".repeat(100)}) {
      var change = JsonObject.of("status", status, "title", "Two", "assignee", "");
      var refused = refused(ErrorCode.INVALID_ARGUMENT, () -> hands().update(key, change));
      assertThat(allowed(refused)).contains(words().ways().get(0).told());
      assertThat(refused.getMessage()).contains(words().ways().get(0).told());
    }
    var make = JsonObject.of("title", "Three", "status", "odd");
    var refused = refused(ErrorCode.INVALID_ARGUMENT, () -> hands().create(make));
    assertThat(allowed(refused)).contains(words().ways().get(0).told());
    assertThat(writes()).isEqualTo(before);
    var now = hands().update(key, JsonObject.of("labels", JsonArray.of("seen")));
    assertThat(now.getString("title")).isEqualTo("One");
    assertThat(now.getString("assignee")).isEqualTo(words().person());
  }

  @Test
  final void anUnknownPriorityIsRefusedWithThoseThereAreAndNothingIsWritten() {
    var before = writes();
    var make = JsonObject.of("title", "One", "priority", "mild");
    var refused = refused(ErrorCode.INVALID_ARGUMENT, () -> hands().create(make));
    assertThat(refused.getMessage())
        .contains("mild")
        .containsIgnoringCase(words().priority());
    assertThat(writes()).isEqualTo(before);
  }

  @Test
  final void nobodyIsGivenAnIssueWhoIsNotThere() {
    if (words().unknownPerson() == null) {
      return; // any name will do in this kind
    }
    var key = full("One").getString("key");
    var before = writes();
    var give = JsonObject.of("assignee", words().unknownPerson(), "title", "Two");
    var refused = refused(ErrorCode.INVALID_ARGUMENT, () -> hands().update(key, give));
    assertThat(refused.getMessage()).contains(words().unknownPerson());
    refused(ErrorCode.INVALID_ARGUMENT, () -> hands().create(give));
    assertThat(writes()).isEqualTo(before);
  }

  @Test
  final void takesComments() {
    var issue = full("One");
    var first = hands().comment(issue.getString("key"), JsonObject.of("comment", "So it is."));
    var second = hands().comment(issue.getString("key"), JsonObject.of("comment", "So it is."));
    assertThat(first.getString("comment_id")).isNotEqualTo(second.getString("comment_id"));
    assertThat(first.getString("url")).startsWith(issue.getString("url"));
  }

  @Test
  final void anIssueHasNoLinesToCommentOn() {
    var key = full("One").getString("key");
    var before = writes();
    var say = JsonObject.of("comment", "Hm", "path", "a.c", "line", 3);
    refused(ErrorCode.NOT_SUPPORTED, () -> hands().comment(key, say));
    assertThat(writes()).isEqualTo(before);
  }

  @Test
  final void linksIssuesOrSaysThatItCannot() {
    var one = full("One").getString("key");
    var two = full("Two").getString("key");
    for (var relation : List.of("blocks", "is_blocked_by", "relates_to", "duplicates")) {
      if (words().relations().contains(relation)) {
        hands().link(one, two, relation);
      } else {
        var before = writes();
        refused(ErrorCode.NOT_SUPPORTED, () -> hands().link(one, two, relation));
        assertThat(writes()).isEqualTo(before);
      }
    }
  }

  @Test
  final void takesHostileTextsAsTheyAre() {
    var title = "'; DROP TABLE issues; -- <script>alert(1)</script> \" \\ 😀 \u202e {{7*7}} ${x}";
    var issue = hands()
        .create(JsonObject.of("title", title)
            .put("description", "<img src=x onerror=alert(1)> ]]> \\u0041 ${jndi:ldap://x}"));
    assertThat(issue.getString("title")).isEqualTo(title);
    assertThat(issue.getString("description")).contains("onerror=alert(1)", "jndi:ldap://x");
    var after = hands().update(issue.getString("key"), JsonObject.of("title", "%s %n ../../x?y#z"));
    assertThat(after.getString("title")).isEqualTo("%s %n ../../x?y#z");
    hands().comment(issue.getString("key"), JsonObject.of("comment", "%00 <b> \" ' ; --"));
  }

  /** An issue with something in each field. */
  protected final JsonObject full(String title) {
    return hands()
        .create(JsonObject.of("title", title, "description", TEXT)
            .put("labels", JsonArray.of("bug"))
            .put("assignee", words().person()));
  }

  protected static Refused refused(ErrorCode code, Runnable work) {
    var refused = catchThrowableOfType(Refused.class, work::run);
    assertThat(refused).isNotNull();
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
    return refused;
  }

  protected static String category(JsonObject issue) {
    return issue.getJsonObject("meta_data").getString("status_category");
  }

  private static List<String> allowed(Refused refused) {
    return refused.details().getJsonArray("allowed").stream()
        .map(String::valueOf)
        .toList();
  }

  private static List<String> labels(JsonObject issue) {
    return issue.getJsonArray("labels").stream().map(String::valueOf).toList();
  }

  private static JsonObject shown(JsonObject issue) {
    var shown = new JsonObject();
    List.of("title", "description", "labels", "assignee", "status", "priority")
        .forEach(name -> shown.put(name, issue.getValue(name)));
    return shown;
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static Logger umbel() {
    return (Logger) LoggerFactory.getLogger("io.umbel");
  }
}
