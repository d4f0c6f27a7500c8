package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.tracker.Connection;
import io.umbel.tools.issues.tracker.PullRequests;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.TrackerWeb;
import io.vertx.core.Future;
import java.util.List;
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

  private final GitLabApi api;
  private final GitLabReading reading;
  private final GitLabWriting writing;
  private final GitLabNotes notes;

  public GitLabTracker(Connection connection, TrackerWeb web) {
    api = new GitLabApi(connection, web);
    reading = new GitLabReading(api);
    writing = new GitLabWriting(api);
    notes = new GitLabNotes(api);
  }

  @Override
  public Future<Verdict> test() {
    return api.denials()
        .read(reading::test)
        .recover(why -> why instanceof Refused refused
            ? Future.succeededFuture(new Verdict(false, refused.getMessage()))
            : Future.failedFuture(why));
  }

  @Override
  public Future<List<Place>> projects(int most) {
    return api.denials().read(() -> reading.projects(most));
  }

  @Override
  public Future<Page> changed(Project project, Since since) {
    return api.denials().read(() -> reading.changed(project, since));
  }

  @Override
  public Future<Optional<Copied>> issue(Project project, String externalId) {
    return api.denials().read(() -> reading.issue(project, externalId));
  }

  @Override
  public Future<List<Label>> labels(Project project) {
    return api.denials().read(() -> reading.labels(project));
  }

  @Override
  public Future<Placed> create(Project project, Fields wanted) {
    return api.denials().written(() -> writing.create(project, wanted));
  }

  @Override
  public Future<Fields> update(Issue issue, Fields wanted) {
    return api.denials().written(() -> writing.update(issue, wanted));
  }

  @Override
  public Future<PlacedComment> comment(Issue issue, Remark remark) {
    return api.denials().written(() -> notes.addToIssue(issue, remark));
  }

  @Override
  public Future<PlacedComment> change(Issue issue, CommentChange change) {
    return api.denials().written(() -> notes.changeOfIssue(issue, change));
  }

  @Override
  public Future<Void> link(Issue issue, Issue related, Relation relation) {
    return api.denials().written(() -> writing.link(issue, related, relation));
  }

  @Override
  public Optional<PullRequests> pullRequests() {
    return Optional.of(new GitLabMergeRequests(api, notes));
  }
}
