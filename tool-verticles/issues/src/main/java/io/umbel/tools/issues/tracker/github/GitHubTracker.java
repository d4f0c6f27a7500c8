package io.umbel.tools.issues.tracker.github;

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
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * GitHub, in the cloud or on a server of one's own, by its REST API of 2022-11-28
 * (docs.github.com/rest). Keys are {@code owner/repo#n}; pull requests are no issues here.
 */
public final class GitHubTracker implements Remote {

  /** As trackers are told apart by. */
  public static final String TYPE = "github";

  /** Where the API is for whoever says nothing else. */
  public static final String URL = "https://api.github.com";

  private static final InstallationTokens APPS = new InstallationTokens(Clock.systemUTC());

  private final GitHubApi api;
  private final GitHubReading reading;
  private final GitHubWriting writing;
  private final GitHubComments comments;

  public GitHubTracker(Connection connection, TrackerWeb web) {
    this(connection, web, APPS);
  }

  GitHubTracker(Connection connection, TrackerWeb web, InstallationTokens apps) {
    Credentials credentials = "github_app".equals(connection.authType())
        ? apps.of(connection, web)
        : () -> Future.succeededFuture(connection.secret());
    api = new GitHubApi(connection, web, credentials);
    reading = new GitHubReading(api);
    writing = new GitHubWriting(api);
    comments = new GitHubComments(api);
  }

  @Override
  public Future<Verdict> test() {
    return api.denials().read(reading::test).recover(GitHubTracker::verdict);
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
    return api.denials().written(() -> comments.addToIssue(issue, remark));
  }

  @Override
  public Future<PlacedComment> change(Issue issue, CommentChange change) {
    return api.denials().written(() -> comments.changeOfIssue(issue, change));
  }

  @Override
  public Future<Void> link(Issue issue, Issue related, Relation relation) {
    return api.denials().written(() -> new GitHubLinks(api).link(issue, related, relation));
  }

  @Override
  public Optional<PullRequests> pullRequests() {
    return Optional.of(new GitHubPullRequests(api, comments));
  }

  private static Future<Verdict> verdict(Throwable why) {
    return why instanceof Refused refused
        ? Future.succeededFuture(new Verdict(false, refused.getMessage()))
        : Future.failedFuture(why);
  }
}
