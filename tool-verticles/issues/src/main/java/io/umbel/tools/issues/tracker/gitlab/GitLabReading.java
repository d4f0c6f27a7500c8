package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.tracker.Onward;
import io.umbel.tools.issues.tracker.Remote.Copied;
import io.umbel.tools.issues.tracker.Remote.CopiedComment;
import io.umbel.tools.issues.tracker.Remote.Label;
import io.umbel.tools.issues.tracker.Remote.Page;
import io.umbel.tools.issues.tracker.Remote.Place;
import io.umbel.tools.issues.tracker.Remote.Since;
import io.umbel.tools.issues.tracker.Tracker.Verdict;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is read of GitLab for the copy that is kept. */
final class GitLabReading {

  /** Threads of one issue that are read. */
  private static final int THREADS = 500;

  private static final int LABELS = 1_000;
  private static final String SINCE_EVER = "/issues?scope=all&order_by=updated_at&sort=asc";

  private final GitLabApi api;

  GitLabReading(GitLabApi api) {
    this.api = api;
  }

  Future<Verdict> test() {
    return api.get("/user", "user of that token")
        .map(json -> new Verdict(true, "Connected as " + json.getString("username")));
  }

  Future<List<Place>> projects(int most) {
    var path = "/projects?membership=true&archived=false&order_by=id&sort=asc";
    return api.all(path, most, "projects")
        .map(all -> all.stream()
            .map(one -> new Place(
                one.getString("path_with_namespace"),
                one.getString("name"),
                one.getJsonObject("namespace").getString("full_path")))
            .sorted(Comparator.comparing(Place::identifier, String.CASE_INSENSITIVE_ORDER))
            .toList());
  }

  Future<List<Label>> labels(Project project) {
    var path = GitLabApi.path(project) + "/labels";
    return api.all(path, LABELS, "project " + project.identifier())
        .map(all -> all.stream()
            .map(one -> new Label(
                one.getString("name"), one.getString("description"), color(one.getString("color"))))
            .toList());
  }

  private static String color(String told) {
    return told == null ? null : told.replaceFirst("^#", "");
  }

  Future<Page> changed(Project project, Since since) {
    var at = Onward.of(since);
    return page(project, at, at.page())
        .compose(page -> isMoved(project, at)
            .compose(moved -> moved
                ? Future.succeededFuture(new Page(List.of(), at.again().toString()))
                : copied(project, page, new ArrayList<>())
                    .map(issues -> new Page(issues, next(at, page)))));
  }

  Future<Optional<Copied>> issue(Project project, String externalId) {
    var path = GitLabApi.path(project) + "/issues/" + externalId;
    if (!GitLabApi.isNumber(externalId)) {
      return Future.succeededFuture(Optional.empty());
    }
    return api.find(path, "issue " + project.identifier() + "#" + externalId)
        .compose(found -> found.isEmpty()
            ? Future.succeededFuture(Optional.empty())
            : copied(project, found.get()).map(Optional::of));
  }

  private Future<JsonArray> page(Project project, Onward at, int page) {
    var since = at.since() == null ? "" : "&updated_after=" + at.since();
    return api.page(
        GitLabApi.path(project) + SINCE_EVER + since, page, "project " + project.identifier());
  }

  /** Whether the page before ends otherwise than it did, and so something moved out of reach. */
  private Future<Boolean> isMoved(Project project, Onward at) {
    return at.page() == 1
        ? Future.succeededFuture(false)
        : page(project, at, at.page() - 1)
            .map(before -> before.isEmpty() || !id(before).equals(at.last()));
  }

  private static String next(Onward at, JsonArray page) {
    return GitLabApi.isLast(page)
        ? null
        : at.after(last(page).getString("updated_at"), id(page)).toString();
  }

  private static String id(JsonArray page) {
    return last(page).getLong("iid").toString();
  }

  private static JsonObject last(JsonArray page) {
    return page.getJsonObject(page.size() - 1);
  }

  private Future<List<Copied>> copied(Project project, JsonArray page, List<Copied> all) {
    return all.size() == page.size()
        ? Future.succeededFuture(all)
        : copied(project, page.getJsonObject(all.size())).compose(copy -> {
          all.add(copy);
          return copied(project, page, all);
        });
  }

  private Future<Copied> copied(Project project, JsonObject json) {
    return comments(project, json)
        .map(comments ->
            new Copied(GitLabIssues.placed(project, json), GitLabIssues.origin(json), comments));
  }

  /** By threads, since they alone tell what answers what (docs.gitlab.com/api/discussions). */
  private Future<List<CopiedComment>> comments(Project project, JsonObject json) {
    if (json.getInteger("user_notes_count", 0) == 0) {
      return Future.succeededFuture(List.of());
    }
    var path = GitLabApi.path(project) + "/issues/" + json.getLong("iid") + "/discussions";
    return api.all(path, THREADS, "issue " + project.identifier() + "#" + json.getLong("iid"))
        .map(threads -> threads.stream()
            .flatMap(thread -> said(json.getString("web_url"), thread).stream())
            .sorted(Comparator.comparing(CopiedComment::createdAt))
            .toList());
  }

  /** What people said in a thread; what GitLab notes by itself is no comment. */
  private static List<CopiedComment> said(String of, JsonObject thread) {
    var all = new ArrayList<CopiedComment>();
    for (var each : thread.getJsonArray("notes")) {
      var note = (JsonObject) each;
      if (!note.getBoolean("system", false)) {
        var answered = all.isEmpty() ? null : all.get(0).placed().externalId();
        all.add(GitLabIssues.comment(of, note, answered));
      }
    }
    return all;
  }
}
