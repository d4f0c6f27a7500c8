package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.tracker.Connection;
import io.umbel.tools.issues.tracker.OpenOrClosed;
import io.umbel.tools.issues.tracker.PullRequests;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.TrackerWeb;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * GitLab, in the cloud or on a server of one's own, by its REST API of version 4
 * (docs.gitlab.com/api/rest). Keys are {@code group/project#iid}, subgroups and all.
 */
public final class GitLabTracker implements Remote {

  /** As trackers are told apart by. */
  public static final String TYPE = "gitlab";

  /** Where the server is for whoever says nothing else. */
  public static final String URL = "https://gitlab.com";

  private static final int LABELS = 1_000;

  private final GitLabApi api;
  private final GitLabReading reading;
  private final GitLabNotes notes;

  public GitLabTracker(Connection connection, TrackerWeb web) {
    api = new GitLabApi(connection, web);
    reading = new GitLabReading(api);
    notes = new GitLabNotes(api);
  }

  @Override
  public Future<Verdict> test() {
    return reading
        .test()
        .recover(why -> why instanceof Refused refused
            ? Future.succeededFuture(new Verdict(false, refused.getMessage()))
            : Future.failedFuture(why));
  }

  @Override
  public Future<List<Place>> projects(int most) {
    return reading.projects(most);
  }

  @Override
  public Future<Page> changed(Project project, Since since) {
    return reading.changed(project, since);
  }

  @Override
  public Future<Optional<Copied>> issue(Project project, String externalId) {
    return reading.issue(project, externalId);
  }

  @Override
  public Future<List<Label>> labels(Project project) {
    var path = GitLabApi.path(project) + "/labels";
    return api.all(path, LABELS, "project " + project.identifier())
        .map(all -> all.stream()
            .map(one -> new Label(
                one.getString("name"), one.getString("description"), color(one.getString("color"))))
            .toList());
  }

  @Override
  public Future<Placed> create(Project project, Fields wanted) {
    var state = OpenOrClosed.of(wanted.status());
    var body = GitLabIssues.made(wanted);
    var issues = GitLabApi.path(project) + "/issues";
    return assigned(body, wanted.assignee(), wanted.assignee() != null)
        .compose(
            whole -> api.send(HttpMethod.POST, issues, whole, "project " + project.identifier()))
        .compose(
            made -> state.isOpen() ? Future.succeededFuture(made) : closed(issues, made, state))
        .map(made -> GitLabIssues.placed(project, made));
  }

  @Override
  public Future<Fields> update(Issue issue, Fields wanted) {
    var before = issue.fields();
    var body = GitLabIssues.changed(before, wanted);
    var isAnother = !Objects.equals(before.assignee(), wanted.assignee());
    if (body.isEmpty() && !isAnother) {
      return Future.succeededFuture(before);
    }
    return assigned(body, wanted.assignee(), isAnother)
        .compose(whole -> api.send(HttpMethod.PUT, path(issue), whole, "issue " + issue.key()))
        .map(GitLabIssues::fields);
  }

  @Override
  public Future<PlacedComment> comment(Issue issue, Remark remark) {
    if (remark.line() != null) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "An issue on GitLab has no comments on lines: name a merge request, or leave out path and"
              + " line",
          null);
    }
    return notes.add(thread(issue), remark);
  }

  @Override
  public Future<PlacedComment> change(Issue issue, CommentChange change) {
    if (change.resolved() != null) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "GitLab resolves threads of merge requests alone, not of issues",
          null);
    }
    return notes.edit(thread(issue), change);
  }

  /**
   * By the issue links API (docs.gitlab.com/api/issue_links), which knows no duplicates: GitLab
   * marks one by closing it.
   */
  @Override
  public Future<Void> link(Issue issue, Issue related, Relation relation) {
    if (relation == Relation.DUPLICATES) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "GitLab has no link for duplicates: link them with relates_to, and close the one that"
              + " says nothing new",
          null);
    }
    var body = JsonObject.of("target_project_id", related.project().identifier())
        .put("target_issue_iid", number(related))
        .put("link_type", relation.word());
    return api.sent(HttpMethod.POST, path(issue) + "/links", body).compose(answer -> {
      if (answer.status() != 409) { // They are linked already.
        api.denials().checked(answer, "issue " + issue.key() + " or " + related.key());
      }
      return Future.succeededFuture();
    });
  }

  @Override
  public Optional<PullRequests> pullRequests() {
    return Optional.of(new GitLabMergeRequests(api, notes));
  }

  private static String color(String told) {
    return told == null ? null : told.replaceFirst("^#", "");
  }

  private static GitLabNotes.Thing thread(Issue issue) {
    return new GitLabNotes.Thing(path(issue), issue.url(), "issue " + issue.key());
  }

  private static String path(Issue issue) {
    return GitLabApi.path(issue.project()) + "/issues/" + number(issue);
  }

  private static String number(Issue issue) {
    return issue.row().getString("external_id");
  }

  private Future<JsonObject> assigned(JsonObject body, String username, boolean isAnother) {
    return isAnother
        ? new GitLabPeople(api)
            .ids(username == null ? List.of() : List.of(username))
            .map(ids -> body.put("assignee_ids", ids))
        : Future.succeededFuture(body);
  }

  /** An issue that could not be closed is there nevertheless, and open is what it then is. */
  private Future<JsonObject> closed(String issues, JsonObject made, OpenOrClosed state) {
    var path = issues + "/" + made.getLong("iid");
    return api.send(HttpMethod.PUT, path, GitLabIssues.state(state), "issue").otherwise(made);
  }
}
