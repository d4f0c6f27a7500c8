package io.umbel.tools.issues.tracker.jira;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.tracker.Remote.Copied;
import io.umbel.tools.issues.tracker.Remote.CopiedComment;
import io.umbel.tools.issues.tracker.Remote.Origin;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;

/** What Jira says of issues and comments, as it is kept here: no longer than can be kept. */
final class Reading {

  /** What is asked for of an issue. */
  static final List<String> FIELDS = List.of(
      "summary",
      "description",
      "status",
      "priority",
      "labels",
      "assignee",
      "reporter",
      "created",
      "updated",
      "issuetype",
      "resolution",
      "project",
      "comment");

  private static final int TITLE = 255;
  private static final int DESCRIPTION = 100_000;
  private static final int COMMENT = 65_536;
  private static final int LABELS = 50;
  private static final int LABEL = 100;
  private static final int WORD = 200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

  private final Site site;

  Reading(Site site) {
    this.site = site;
  }

  Placed placed(JsonObject issue) {
    var key = JiraWeb.text(issue, "key");
    var id = JiraWeb.text(issue, "id");
    var fields = JiraWeb.object(issue, "fields");
    if (key == null || id == null || fields == null) {
      throw strange();
    }
    return new Placed(id, key, site.page(key), fields(key, fields));
  }

  Copied copied(JsonObject issue, List<JsonObject> comments) {
    var placed = placed(issue);
    var fields = issue.getJsonObject("fields");
    var origin = new Origin(
        person(JiraWeb.object(fields, "reporter")),
        time(fields, "created"),
        time(fields, "updated"),
        more(fields));
    return new Copied(placed, origin, comments(placed.key(), comments));
  }

  /** Where an issue stands. */
  Status status(JsonObject fields) {
    return status(JiraWeb.object(fields, "status"), null);
  }

  /** Where a transition leads, or a status is. */
  static Status status(JsonObject status, String original) {
    var category = JiraWeb.text(JiraWeb.object(status, "statusCategory"), "key");
    var word = JiraWeb.text(status, "name");
    if (word == null) {
      throw strange();
    }
    return new Status(word, category(category), original);
  }

  String person(JsonObject user) {
    var name = nameOf(user);
    return name == null ? "unknown" : name;
  }

  /** As people are called here: by their whole name in the cloud, elsewhere by that to sign in. */
  String nameOf(JsonObject user) {
    var name = JiraWeb.text(user, site.isCloud() ? "displayName" : "name");
    return name == null || name.isBlank() ? JiraWeb.text(user, "displayName") : name;
  }

  String page(String key, String comment) {
    return site.page(key) + "?focusedCommentId=" + Site.quoted(comment);
  }

  static Instant instant(JsonObject fields, String name) {
    try {
      return OffsetDateTime.parse(String.valueOf(fields.getValue(name)), TIME).toInstant();
    } catch (DateTimeException e) {
      throw strange();
    }
  }

  private Fields fields(String key, JsonObject fields) {
    var title = bounded(JiraWeb.text(fields, "summary"), TITLE).strip();
    var assignee = nameOf(JiraWeb.object(fields, "assignee"));
    var priority = JiraWeb.text(JiraWeb.object(fields, "priority"), "name");
    return new Fields(
        title.isEmpty() ? key : title,
        bounded(site.markdown(fields.getValue("description")), DESCRIPTION),
        status(fields),
        priority == null ? null : bounded(priority, WORD),
        labels(fields.getValue("labels")),
        assignee == null ? null : bounded(assignee, WORD));
  }

  private static List<String> labels(Object said) {
    return said instanceof JsonArray all
        ? all.stream()
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .filter(label -> !label.isBlank() && label.length() <= LABEL)
            .limit(LABELS)
            .toList()
        : List.of();
  }

  private static JsonObject more(JsonObject fields) {
    var type = JiraWeb.text(JiraWeb.object(fields, "issuetype"), "name");
    var resolution = JiraWeb.text(JiraWeb.object(fields, "resolution"), "name");
    var more = new JsonObject().put("type", Types.normal(type));
    if (type != null) {
      more.put("original_type", bounded(type, WORD));
    }
    return resolution == null ? more : more.put("resolution", bounded(resolution, WORD));
  }

  /** What only some may read in Jira is left out: here everybody could. */
  private List<CopiedComment> comments(String key, List<JsonObject> comments) {
    return comments.stream()
        .filter(comment -> JiraWeb.object(comment, "visibility") == null)
        .map(comment -> comment(key, comment))
        .sorted(Comparator.comparing(CopiedComment::createdAt))
        .toList();
  }

  private CopiedComment comment(String key, JsonObject comment) {
    var id = JiraWeb.text(comment, "id");
    if (id == null) {
      throw strange();
    }
    var body = bounded(site.markdown(comment.getValue("body")), COMMENT);
    return new CopiedComment(
        new PlacedComment(id, page(key, id)),
        person(JiraWeb.object(comment, "author")),
        body.isBlank() ? "(no text)" : body,
        null,
        time(comment, "created"),
        time(comment, "updated"));
  }

  private static String time(JsonObject fields, String name) {
    return instant(fields, name)
        .atOffset(ZoneOffset.UTC)
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  private static String category(String key) {
    return switch (String.valueOf(key)) {
      case "indeterminate" -> "in_progress";
      case "done" -> "done";
      default -> "todo";
    };
  }

  private static String bounded(String text, int longest) {
    var clean = text == null ? "" : text.replace("\0", "");
    return clean.length() > longest ? clean.substring(0, longest - 1) + "…" : clean;
  }

  private static Refused strange() {
    return new Refused(
        ErrorCode.UPSTREAM_ERROR, "Jira answered with an issue that cannot be understood", null);
  }
}
