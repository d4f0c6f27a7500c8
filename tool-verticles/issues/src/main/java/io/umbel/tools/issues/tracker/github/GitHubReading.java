package io.umbel.tools.issues.tracker.github;

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

/**
 * What is read of GitHub for the copy that is kept. One request after the other, as GitHub asks.
 */
final class GitHubReading {

  /** Of one issue. */
  private static final int COMMENTS = 500;

  private static final int LABELS = 1_000;
  private static final String SINCE_EVER = "/issues?state=all&sort=updated&direction=asc";

  private final GitHubApi api;

  GitHubReading(GitHubApi api) {
    this.api = api;
  }

  /** An app is no user, so it is asked where it is installed. */
  Future<Verdict> test() {
    api.credentials().forget();
    if (api.credentials().isApp()) {
      return api.get("/installation/repositories?per_page=1", "installation")
          .map(json -> new Verdict(
              true, "The app sees " + json.getInteger("total_count", 0) + " repositories"));
    }
    return api.get("/user", "user of that token")
        .map(json -> new Verdict(true, "Connected as " + json.getString("login")));
  }

  Future<List<Place>> projects(int most) {
    var found = api.credentials().isApp()
        ? installed(1, most, new ArrayList<>())
        : api.all("/user/repos?sort=full_name", most, "repositories");
    return found.map(all -> all.stream()
        .map(one -> new Place(
            one.getString("full_name"),
            one.getString("name"),
            one.getJsonObject("owner").getString("login")))
        .sorted(Comparator.comparing(Place::identifier, String.CASE_INSENSITIVE_ORDER))
        .toList());
  }

  Future<List<Label>> labels(Project project) {
    var path = GitHubApi.repository(project) + "/labels";
    return api.all(path, LABELS, "project " + project.identifier())
        .map(all -> all.stream()
            .map(one -> new Label(
                one.getString("name"), one.getString("description"), one.getString("color")))
            .toList());
  }

  Future<Page> changed(Project project, Since since) {
    var at = Onward.of(since);
    return page(project, at, at.page()).compose(found -> {
      var page = found;
      return isMoved(project, at)
          .compose(moved -> moved
              ? Future.succeededFuture(new Page(List.of(), at.again().toString()))
              : copied(project, page, 0, new ArrayList<>())
                  .map(issues -> new Page(issues, next(at, page))));
    });
  }

  Future<Optional<Copied>> issue(Project project, String externalId) {
    var path = GitHubApi.repository(project) + "/issues/" + externalId;
    if (!GitHubApi.isNumber(externalId)) {
      return Future.succeededFuture(Optional.empty());
    }
    return api.find(path, "issue " + project.identifier() + "#" + externalId)
        .compose(found -> found.filter(json -> isThis(json, externalId)).isEmpty()
            ? Future.succeededFuture(Optional.empty())
            : copied(project, found.get()).map(Optional::of));
  }

  /** One that was moved to another repository answers with what it is there. */
  private static boolean isThis(JsonObject json, String number) {
    return !GitHubIssues.isPull(json) && json.getLong("number").toString().equals(number);
  }

  private Future<JsonArray> page(Project project, Onward at, int page) {
    var since = at.since() == null ? "" : "&since=" + at.since();
    return api.page(
        GitHubApi.repository(project) + SINCE_EVER + since,
        page,
        "project " + project.identifier());
  }

  /** Whether the page before ends otherwise than it did, and so something moved out of reach. */
  private Future<Boolean> isMoved(Project project, Onward at) {
    return at.page() == 1
        ? Future.succeededFuture(false)
        : page(project, at, at.page() - 1)
            .map(before -> before.isEmpty() || !id(before).equals(at.last()));
  }

  private static String next(Onward at, JsonArray page) {
    return GitHubApi.isLast(page)
        ? null
        : at.after(last(page).getString("updated_at"), id(page)).toString();
  }

  private static String id(JsonArray page) {
    return last(page).getLong("number").toString();
  }

  private static JsonObject last(JsonArray page) {
    return page.getJsonObject(page.size() - 1);
  }

  private Future<List<Copied>> copied(Project project, JsonArray page, int from, List<Copied> all) {
    if (from == page.size()) {
      return Future.succeededFuture(all);
    }
    var json = page.getJsonObject(from);
    if (GitHubIssues.isPull(json)) {
      return copied(project, page, from + 1, all);
    }
    return copied(project, json).compose(copy -> {
      all.add(copy);
      return copied(project, page, from + 1, all);
    });
  }

  private Future<Copied> copied(Project project, JsonObject json) {
    return comments(project, json)
        .map(comments ->
            new Copied(GitHubIssues.placed(project, json), GitHubIssues.origin(json), comments));
  }

  private Future<List<CopiedComment>> comments(Project project, JsonObject json) {
    if (json.getInteger("comments", 0) == 0) {
      return Future.succeededFuture(List.of());
    }
    var path = GitHubApi.repository(project) + "/issues/" + json.getLong("number") + "/comments";
    return api.all(path, COMMENTS, "issue " + project.identifier() + "#" + json.getLong("number"))
        .map(all -> all.stream()
            .map(GitHubIssues::comment)
            .sorted(Comparator.comparing(CopiedComment::createdAt))
            .toList());
  }

  private Future<List<JsonObject>> installed(int page, int most, List<JsonObject> all) {
    return api.get("/installation/repositories?per_page=100&page=" + page, "installation")
        .compose(json -> {
          var found = json.getJsonArray("repositories");
          found.stream().map(JsonObject.class::cast).limit(most - all.size()).forEach(all::add);
          return GitHubApi.isLast(found) || all.size() >= most
              ? Future.succeededFuture(all)
              : installed(page + 1, most, all);
        });
  }
}
