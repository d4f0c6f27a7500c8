package io.umbel.tools.issues.tracker.github;

import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Threads of a pull request, of which there is no REST: docs.github.com/graphql,
 * {@code PullRequestReviewThread} and the mutations {@code resolveReviewThread} and
 * {@code unresolveReviewThread}.
 */
final class GitHubThreads {

  private static final int MOST = 300;
  private static final String THREADS = """
      query($owner: String!, $name: String!, $number: Int!, $after: String) {
        repository(owner: $owner, name: $name) { pullRequest(number: $number) {
          reviewThreads(first: 100, after: $after) {
            pageInfo { hasNextPage endCursor }
            nodes { id isResolved comments(first: 100) { nodes { databaseId } } } } } } }""";
  private static final String RESOLVE =
      "mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { thread { id } } }";
  private static final String UNRESOLVE =
      "mutation($id: ID!) { unresolveReviewThread(input: {threadId: $id}) { thread { id } } }";

  private final GitHubApi api;

  GitHubThreads(GitHubApi api) {
    this.api = api;
  }

  /** A thread, by the ids of its comments. */
  record Talk(String id, boolean isResolved, List<Long> comments) {
    boolean has(Long comment) {
      return comments.contains(comment);
    }
  }

  /** Those of a pull request. */
  Future<List<Talk>> of(GitHubPull pull) {
    return more(pull, null, new ArrayList<>());
  }

  /**
   * Resolves the thread of a comment, or opens it again; one that is named has to be of that pull
   * request.
   */
  Future<Void> settle(GitHubPull pull, CommentChange change) {
    return of(pull).compose(all -> {
      var thread = all.stream()
          .filter(one -> change.thread() == null
              ? one.has(Long.valueOf(change.externalId()))
              : one.id().equals(change.thread()))
          .findFirst()
          .orElseThrow(() -> api.denials().none("such thread in " + pull.what()));
      return thread.isResolved() == change.resolved()
          ? Future.succeededFuture()
          : api.mutate(change.resolved() ? RESOLVE : UNRESOLVE, JsonObject.of("id", thread.id()))
              .mapEmpty();
    });
  }

  private Future<List<Talk>> more(GitHubPull pull, String after, List<Talk> all) {
    var name = pull.project().identifier().split("/", 2);
    var values = JsonObject.of("owner", name[0], "name", name[1])
        .put("number", Long.valueOf(pull.number()))
        .put("after", after);
    return api.query(THREADS, values).compose(found -> {
      var page = found
          .getJsonObject("repository")
          .getJsonObject("pullRequest")
          .getJsonObject("reviewThreads");
      page.getJsonArray("nodes").forEach(node -> all.add(thread((JsonObject) node)));
      var more = page.getJsonObject("pageInfo");
      return more.getBoolean("hasNextPage") && all.size() < MOST
          ? more(pull, more.getString("endCursor"), all)
          : Future.succeededFuture(all);
    });
  }

  private static Talk thread(JsonObject node) {
    var comments = node.getJsonObject("comments").getJsonArray("nodes").stream()
        .map(each -> ((JsonObject) each).getLong("databaseId"))
        .toList();
    return new Talk(node.getString("id"), node.getBoolean("isResolved"), comments);
  }
}
