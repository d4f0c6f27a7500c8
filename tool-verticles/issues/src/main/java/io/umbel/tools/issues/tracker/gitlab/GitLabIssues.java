package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.OpenOrClosed;
import io.umbel.tools.issues.tracker.PriorityLabels;
import io.umbel.tools.issues.tracker.Remote.CopiedComment;
import io.umbel.tools.issues.tracker.Remote.Origin;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What issues and notes of GitLab are here, and the other way round (docs.gitlab.com/api/issues).
 */
final class GitLabIssues {

  /** A scoped label: where GitLab knows those, an issue has one of them at most. */
  static final PriorityLabels PRIORITY = new PriorityLabels("priority::");

  private GitLabIssues() {}

  static Placed placed(Project project, JsonObject json) {
    var number = json.getLong("iid").toString();
    return new Placed(
        number, project.identifier() + "#" + number, json.getString("web_url"), fields(json));
  }

  static Fields fields(JsonObject json) {
    var labels = texts(json, "labels");
    var assignees = names(json, "assignees");
    var state = json.getString("state");
    return new Fields(
        json.getString("title"),
        text(json, "description"),
        new OpenOrClosed("opened".equals(state), null)
            .status("opened".equals(state) ? state : null),
        PRIORITY.priority(labels),
        PRIORITY.others(labels),
        assignees.isEmpty() ? null : assignees.get(0));
  }

  static Origin origin(JsonObject json) {
    var more = new JsonObject();
    if (json.getString("issue_type") != null) {
      more.put("original_type", json.getString("issue_type"));
    }
    var milestone = json.getJsonObject("milestone");
    if (milestone != null) {
      more.put("milestone", milestone.getString("title"));
    }
    if (json.getBoolean("confidential", false)) {
      more.put("confidential", true);
    }
    var assignees = names(json, "assignees");
    if (assignees.size() > 1) {
      more.put("assignees", new JsonArray(assignees));
    }
    return new Origin(
        author(json), json.getString("created_at"), json.getString("updated_at"), more);
  }

  /**
   * A note of an issue.
   *
   * @param of the issue or merge request that it hangs on, for its URL
   * @param answered the note that it answers, or null
   */
  static CopiedComment comment(String of, JsonObject note, String answered) {
    return new CopiedComment(
        placed(of, note),
        author(note),
        text(note, "body"),
        answered,
        note.getString("created_at"),
        note.getString("updated_at"));
  }

  static PlacedComment placed(String of, JsonObject note) {
    return placed(of, note.getLong("id").toString());
  }

  static PlacedComment placed(String of, String note) {
    return new PlacedComment(note, of + "#note_" + note);
  }

  /** The body that makes it; nobody is assigned yet. */
  static JsonObject made(Fields wanted) {
    return JsonObject.of("title", wanted.title())
        .put("description", PlainText.of(wanted.description()))
        .put("labels", labels(PRIORITY.all(wanted)));
  }

  /** The body that changes it, empty where it is like that already; without whoever is assigned. */
  static JsonObject changed(Fields before, Fields wanted) {
    var body = new JsonObject();
    if (!before.title().equals(wanted.title())) {
      body.put("title", wanted.title());
    }
    if (!before.description().equals(wanted.description())) {
      body.put("description", PlainText.of(wanted.description()));
    }
    var labels = PRIORITY.changed(before, wanted);
    if (labels != null) {
      body.put("labels", labels(labels));
    }
    var state = OpenOrClosed.of(wanted.status());
    return state.is(before.status()) ? body : body.mergeIn(state(state));
  }

  /** The body that opens or closes it. */
  static JsonObject state(OpenOrClosed state) {
    return JsonObject.of("state_event", state.isOpen() ? "reopen" : "close");
  }

  /** As GitLab takes them, between commas. */
  static String labels(List<String> labels) {
    labels.stream().filter(label -> label.contains(",")).findFirst().ifPresent(label -> {
      throw Refused.invalid("A label on GitLab has no comma: " + Refused.shown(label));
    });
    return String.join(",", labels);
  }

  static String author(JsonObject json) {
    var author = json.getJsonObject("author");
    return author == null ? "ghost" : author.getString("username");
  }

  static String text(JsonObject json, String member) {
    var text = json.getString(member);
    return text == null ? "" : text;
  }

  /** The usernames of those people. */
  static List<String> names(JsonObject json, String list) {
    var all = json.getJsonArray(list);
    return all == null
        ? List.of()
        : all.stream().map(each -> ((JsonObject) each).getString("username")).toList();
  }

  static List<String> texts(JsonObject json, String list) {
    var all = json.getJsonArray(list);
    return all == null ? List.of() : all.stream().map(String.class::cast).toList();
  }
}
