package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.tracker.Tracker.Line;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Writes at the seam itself, as the tools do, with a copy in memory. */
public final class SeamHands implements Hands {

  private final Tracker tracker;
  private final Project project;
  private final Map<String, Issue> kept = new HashMap<>();
  private final List<String> said = new ArrayList<>();

  public SeamHands(Tracker tracker, Project project) {
    this.tracker = tracker;
    this.project = project;
  }

  /** The copy of an issue that was made here. */
  public Issue kept(String key) {
    return kept.get(key);
  }

  @Override
  public JsonObject create(JsonObject arguments) {
    var none = new Fields("", "", Status.asked(null), null, List.of(), null);
    var placed = done(() -> tracker.create(project, wanted(none, arguments)));
    if (placed.note() != null) {
      said.add(placed.note());
    }
    return keep(placed);
  }

  @Override
  public JsonObject update(String key, JsonObject arguments) {
    var issue = kept.get(key);
    var wanted = wanted(issue.fields(), arguments);
    if (issue.fields().differences(wanted).isEmpty()) {
      return told(issue);
    }
    var taken = done(() -> tracker.update(issue, wanted));
    return keep(new Placed(issue.row().getString("external_id"), key, issue.url(), taken));
  }

  @Override
  public JsonObject comment(String key, JsonObject arguments) {
    var line = arguments.containsKey("path")
        ? new Line(arguments.getString("path"), arguments.getLong("line"), "RIGHT")
        : null;
    var remark = new Remark(arguments.getString("comment"), line, null);
    var placed = done(() -> tracker.comment(kept.get(key), remark));
    return JsonObject.of("comment_id", placed.externalId(), "url", placed.url());
  }

  @Override
  public void link(String key, String related, String relation) {
    done(() -> tracker.link(kept.get(key), kept.get(related), Relation.of(relation)));
  }

  @Override
  public List<String> said() {
    return said;
  }

  private JsonObject keep(Placed placed) {
    var issue = RemoteTest.kept(project, placed);
    kept.put(placed.key(), issue);
    return told(issue);
  }

  private JsonObject told(Issue issue) {
    var json = issue.row().copy();
    json.put("meta_data", JsonObject.of("status_category", json.getString("category")));
    said.add(json.encode());
    return json;
  }

  private <T> T done(Supplier<Future<T>> work) {
    try {
      return Future.succeededFuture().compose(begun -> work.get()).await();
    } catch (Refused refused) {
      said.add(refused.getMessage() + refused.details());
      throw refused;
    }
  }

  private static Fields wanted(Fields before, JsonObject asked) {
    var labels = asked.getJsonArray("labels", new JsonArray(before.labels()));
    return new Fields(
        asked.getString("title", before.title()),
        asked.getString("description", before.description()),
        asked.containsKey("status") ? Status.asked(asked.getString("status")) : before.status(),
        asked.getString("priority", before.priority()),
        labels.stream().map(String.class::cast).toList(),
        asked.getString("assignee", before.assignee()));
  }
}
