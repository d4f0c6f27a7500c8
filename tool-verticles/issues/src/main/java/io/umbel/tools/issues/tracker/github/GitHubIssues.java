package io.umbel.tools.issues.tracker.github;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.OpenOrClosed;
import io.umbel.tools.issues.tracker.PriorityLabels;
import io.umbel.tools.issues.tracker.Remote.CopiedComment;
import io.umbel.tools.issues.tracker.Remote.Origin;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What issues and comments of GitHub are here, and the other way round
 * (docs.github.com/rest/issues).
 */
final class GitHubIssues {

  static final PriorityLabels PRIORITY = new PriorityLabels("priority:");

  private static final Set<String> USUAL_REASONS = Set.of("completed", "reopened");

  private GitHubIssues() {}

  /** Whether what the issues API told of is a pull request. */
  static boolean isPull(JsonObject json) {
    return json.getJsonObject("pull_request") != null;
  }

  static Placed placed(Project project, JsonObject json) {
    var number = json.getLong("number").toString();
    return new Placed(
        number, project.identifier() + "#" + number, json.getString("html_url"), fields(json));
  }

  static Fields fields(JsonObject json) {
    var labels = names(json, "labels", "name");
    var assignees = names(json, "assignees", "login");
    return new Fields(
        json.getString("title"),
        text(json, "body"),
        new OpenOrClosed("open".equals(json.getString("state")), null).status(reason(json)),
        PRIORITY.priority(labels),
        PRIORITY.others(labels),
        assignees.isEmpty() ? null : assignees.get(0));
  }

  static Origin origin(JsonObject json) {
    var more = new JsonObject();
    var type = json.getJsonObject("type");
    if (type != null) {
      more.put("original_type", type.getString("name"));
    }
    var milestone = json.getJsonObject("milestone");
    if (milestone != null) {
      more.put("milestone", milestone.getString("title"));
    }
    var assignees = names(json, "assignees", "login");
    if (assignees.size() > 1) {
      more.put("assignees", new JsonArray(assignees));
    }
    return new Origin(
        author(json), json.getString("created_at"), json.getString("updated_at"), more);
  }

  static CopiedComment comment(JsonObject json) {
    return new CopiedComment(
        placed(json),
        author(json),
        text(json, "body"),
        null,
        json.getString("created_at"),
        json.getString("updated_at"));
  }

  static PlacedComment placed(JsonObject comment) {
    return new PlacedComment(comment.getLong("id").toString(), comment.getString("html_url"));
  }

  /** The body that makes it. */
  static JsonObject made(Fields wanted) {
    var body = JsonObject.of("title", wanted.title(), "body", wanted.description())
        .put("labels", new JsonArray(PRIORITY.all(wanted)));
    return wanted.assignee() == null
        ? body
        : body.put("assignees", JsonArray.of(wanted.assignee()));
  }

  /** The body that changes it, empty where it is like that already. */
  static JsonObject changed(Fields before, Fields wanted) {
    var body = new JsonObject();
    if (!before.title().equals(wanted.title())) {
      body.put("title", wanted.title());
    }
    if (!before.description().equals(wanted.description())) {
      body.put("body", wanted.description());
    }
    var labels = PRIORITY.changed(before, wanted);
    if (labels != null) {
      body.put("labels", new JsonArray(labels));
    }
    if (!Objects.equals(before.assignee(), wanted.assignee())) {
      body.put(
          "assignees",
          wanted.assignee() == null ? new JsonArray() : JsonArray.of(wanted.assignee()));
    }
    var state = OpenOrClosed.of(wanted.status());
    return state.is(before.status()) ? body : body.mergeIn(state(state));
  }

  /** The body that opens or closes it. */
  static JsonObject state(OpenOrClosed state) {
    var body = JsonObject.of("state", state.isOpen() ? "open" : "closed");
    return state.reason() == null ? body : body.put("state_reason", state.reason());
  }

  /** Whoever is not there any more is called what GitHub calls them. */
  static String author(JsonObject json) {
    var user = json.getJsonObject("user");
    return user == null ? "ghost" : user.getString("login");
  }

  static String text(JsonObject json, String member) {
    var text = json.getString(member);
    return text == null ? "" : text;
  }

  /** One member of each object in a list; a label may be a text by itself. */
  static List<String> names(JsonObject json, String list, String member) {
    var all = json.getJsonArray(list);
    return all == null
        ? List.of()
        : all.stream()
            .map(each -> each instanceof JsonObject one ? one.getString(member) : (String) each)
            .toList();
  }

  private static String reason(JsonObject json) {
    var reason = json.getString("state_reason");
    return reason == null || USUAL_REASONS.contains(reason) ? null : reason;
  }
}
