package io.umbel.tools.issues.sync;

import io.umbel.tools.issues.store.Actor;
import io.umbel.tools.issues.store.HistoryRows;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.LabelRows;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.Remote.Copied;
import io.umbel.tools.issues.write.IssueEvents.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps what a tracker told of a project's issues, in a transaction of whoever asks. What is here
 * already is not written again. Where both differ the tracker is right, and what was here goes into
 * the issue's history. An issue that was changed here since the tracker was asked stays as it is:
 * what was told is older, and comes again.
 */
final class Mirror {

  /** Whose changes these are, in histories. */
  static final Actor TRACKER = new Actor("tracker", null);

  private final SqlClient client;
  private final MirrorRows rows;
  private final Project project;

  Mirror(SqlClient client, Project project) {
    this.client = client;
    this.project = project;
    rows = new MirrorRows(client);
  }

  /** What happened to an issue. */
  record News(Event event, Issue issue) {}

  /**
   * What became of some issues.
   *
   * @param news of those that are others now
   * @param failures of those that could not be kept
   */
  record Kept(List<News> news, List<Failure> failures) {}

  /**
   * Keeps them.
   *
   * @param snapshot of the database, taken before the tracker was asked
   */
  Future<Kept> keep(String snapshot, List<Copied> issues) {
    var failures = new ArrayList<Failure>();
    var fitting = fitting(issues, failures);
    return rows.here(project, fitting.keySet(), snapshot)
        .compose(here -> keep(
            fitting.values().stream()
                .map(copied -> Told.of(copied, here.get(copied.placed().externalId())))
                .filter(told -> !told.isOvertaken())
                .toList(),
            failures))
        .map(news -> new Kept(news, failures));
  }

  /** Each once, as it was told last. */
  private static Map<String, Copied> fitting(List<Copied> issues, List<Failure> failures) {
    var fitting = new LinkedHashMap<String, Copied>();
    for (var copied : issues) {
      var wrong = Fit.wrong(copied);
      if (wrong == null) {
        fitting.put(copied.placed().externalId(), copied);
      } else {
        failures.add(new Failure(copied.placed().key(), wrong));
      }
    }
    return fitting;
  }

  private Future<List<News>> keep(List<Told> all, List<Failure> failures) {
    var others = all.stream().filter(Told::isOther).toList();
    var touched =
        all.stream().filter(told -> !told.isOther() && told.isTouched()).toList();
    var labels = new LinkedHashSet<String>();
    others.forEach(told -> labels.addAll(told.fields().labels()));
    return new LabelRows(client)
        .know(project, List.copyOf(labels))
        .compose(known -> rows.put(project, others.stream().map(Told::row).toList()))
        .compose(ids -> noted(others)
            .compose(noted -> rows.touch(
                project.account(), touched.stream().map(Mirror::touchOf).toList()))
            .compose(done -> comments(all, ids, failures))
            .map(commented -> news(all, ids, commented)));
  }

  private static JsonObject touchOf(Told told) {
    return JsonObject.of("id", told.here().getString("id"))
        .put("updated_at", told.copied().origin().updatedAt());
  }

  /**
   * One after the other: few issues change at a time, but for the first time, which is no change.
   */
  private Future<Void> noted(List<Told> others) {
    var done = Future.<Void>succeededFuture();
    for (var told : others) {
      if (!told.isNew()) {
        var issue = new Issue(told.here());
        var entries = HistoryRows.entries(issue.fields().differences(told.fields()));
        done = done.compose(
            before -> new HistoryRows(client).add(project.account(), issue.id(), TRACKER, entries));
      }
    }
    return done;
  }

  private Future<CommentMirror.Kept> comments(
      List<Told> all, Map<String, UUID> ids, List<Failure> failures) {
    var issues = new HashMap<UUID, Told>();
    all.forEach(told -> issues.put(id(told, ids), told));
    return new CommentMirror(rows, project.account()).keep(issues, failures);
  }

  private static UUID id(Told told, Map<String, UUID> ids) {
    var put = ids.get(told.externalId());
    return put == null ? UUID.fromString(told.here().getString("id")) : put;
  }

  private List<News> news(List<Told> all, Map<String, UUID> ids, CommentMirror.Kept commented) {
    var news = new ArrayList<News>();
    for (var told : all) {
      var id = id(told, ids);
      if (told.isNew()) {
        news.add(new News(Event.CREATED, issue(id, told)));
      } else if (ids.containsKey(told.externalId())) {
        news.add(new News(Event.UPDATED, issue(id, told)));
      } else if (commented.issues().contains(id)) {
        news.add(new News(Event.COMMENTED, issue(id, told)));
      }
    }
    return news;
  }

  private Issue issue(UUID id, Told told) {
    var row = JsonObject.of("id", id.toString(), "key", told.copied().placed().key())
        .put("revision", told.fields().revision());
    return issue(project, row);
  }

  /** An issue of a project, as far as events tell of it. */
  static Issue issue(Project project, JsonObject row) {
    return new Issue(row.put("account", project.account())
        .put("tracker_id", project.row().getString("tracker_id"))
        .put("identifier", project.identifier())
        .put("project_id", project.row().getString("project_id")));
  }
}
