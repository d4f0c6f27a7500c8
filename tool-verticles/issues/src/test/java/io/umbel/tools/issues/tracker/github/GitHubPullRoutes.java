package io.umbel.tools.issues.tracker.github;

import static io.umbel.tools.issues.tracker.github.GitHubServer.user;

import io.umbel.tools.issues.tracker.PlayedApi.Asked;
import io.umbel.tools.issues.tracker.PlayedApi.Told;
import io.umbel.tools.issues.tracker.github.GitHubServer.Repo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Pull requests, as docs.github.com/rest/pulls says, and of the GraphQL API what there is no REST
 * for: threads, and from draft to ready and back.
 */
final class GitHubPullRoutes {

  private final GitHubServer server;

  GitHubPullRoutes(GitHubServer server) {
    this.server = server;
  }

  void add() {
    server.route(
        "POST", "/repos/*/*/pulls", asked -> server.in(asked, repo -> create(repo, asked.json())));
    server.route(
        "GET",
        "/repos/*/*/pulls/(\\d+)",
        asked -> server.in(asked, repo -> {
          var pull = repo.pulls.get((int) asked.number(3));
          return pull == null ? server.nothing() : Told.of(200, whole(repo, pull));
        }));
    server.route(
        "PATCH", "/repos/*/*/pulls/(\\d+)", asked -> server.in(asked, repo -> update(repo, asked)));
    server.route(
        "GET",
        "/repos/*/*/pulls/(\\d+)/reviews",
        asked -> server.in(
            asked, repo -> server.list(asked, server.of(repo.reviews, "pull_request_url", asked))));
    server.route(
        "POST",
        "/repos/*/*/pulls/(\\d+)/reviews",
        asked -> server.in(asked, repo -> review(repo, asked)));
    server.route(
        "GET",
        "/repos/*/*/pulls/(\\d+)/comments",
        asked -> server.in(
            asked,
            repo -> server.list(asked, server.of(repo.reviewComments, "pull_request_url", asked))));
    server.route(
        "GET",
        "/repos/*/*/pulls/(\\d+)/files",
        asked -> server.in(asked, repo -> server.list(asked, repo.files)));
    server.route(
        "GET",
        "/repos/*/*/pulls/comments/(\\d+)",
        asked -> server.in(
            asked, repo -> server.there(GitHubServer.byId(repo.reviewComments, asked.number(3)))));
    server.route(
        "POST",
        "/repos/*/*/pulls/(\\d+)/comments",
        asked -> server.in(asked, repo -> comment(repo, asked)));
    server.route(
        "POST",
        "/repos/*/*/pulls/(\\d+)/comments/(\\d+)/replies",
        asked -> server.in(asked, repo -> reply(repo, asked)));
    server.route(
        "PATCH",
        "/repos/*/*/pulls/comments/(\\d+)",
        asked -> server.in(
            asked,
            repo -> server.edit(
                GitHubServer.byId(repo.reviewComments, asked.number(3)), asked.json())));
    server.route(
        "POST",
        "/repos/*/*/pulls/(\\d+)/requested_reviewers",
        asked -> server.in(asked, repo -> reviewers(repo, asked, true)));
    server.route(
        "DELETE",
        "/repos/*/*/pulls/(\\d+)/requested_reviewers",
        asked -> server.in(asked, repo -> reviewers(repo, asked, false)));
    server.route("POST", "/graphql", this::graph);
    server.route("POST", "/api/graphql", this::graph);
  }

  private Told create(Repo repo, JsonObject body) {
    for (var field : List.of("head", "base")) {
      if (!repo.branches.contains(body.getString(field))) {
        return GitHubServer.invalid(
            JsonObject.of("resource", "PullRequest", "field", field).put("code", "invalid"));
      }
    }
    var isThere = repo.pulls.values().stream()
        .anyMatch(one -> one.getJsonObject("head").getString("ref").equals(body.getString("head"))
            && repo.issue(one.getLong("number")).getString("state").equals("open"));
    if (isThere) {
      return GitHubServer.invalid(JsonObject.of("resource", "PullRequest", "code", "custom")
          .put(
              "message", "A pull request already exists for acme:" + body.getString("head") + "."));
    }
    return Told.of(201, whole(repo, made(repo, body, "umbel-bot")));
  }

  JsonObject made(Repo repo, JsonObject body, String author) {
    var issue = server.made(repo, body, author);
    var number = issue.getInteger("number");
    issue
        .put("html_url", server.uri() + "/" + repo.name + "/pull/" + number)
        .put("pull_request", JsonObject.of("url", url(repo, number)));
    var pull = JsonObject.of("id", server.nextId(), "number", number)
        .put("node_id", "PR_" + repo.name + "_" + number)
        .put("draft", body.getBoolean("draft", false))
        .put("requested_reviewers", new JsonArray())
        .putNull("merged_at")
        .put("merged", false)
        .put("head", JsonObject.of("ref", body.getString("head"), "sha", "c0ffee" + number))
        .put("base", JsonObject.of("ref", body.getString("base")));
    repo.pulls.put(number, pull);
    return pull;
  }

  /** What a pull request says is half its issue's. */
  private static JsonObject whole(Repo repo, JsonObject pull) {
    var issue = repo.issue(pull.getLong("number"));
    var all = pull.copy();
    for (var member :
        List.of("title", "body", "state", "user", "html_url", "labels", "assignees")) {
      all.put(member, issue.getValue(member));
    }
    return all.put("created_at", issue.getString("created_at"))
        .put("updated_at", issue.getString("updated_at"))
        .put("milestone", issue.getValue("milestone"));
  }

  private Told update(Repo repo, Asked asked) {
    var pull = repo.pulls.get((int) asked.number(3));
    if (pull == null) {
      return server.nothing();
    }
    if (pull.getBoolean("merged") && "open".equals(asked.json().getString("state"))) {
      return GitHubServer.invalid(JsonObject.of("resource", "PullRequest", "code", "invalid")
          .put("field", "state")
          .put("message", "state cannot be changed. The pull request was merged."));
    }
    var told = server.update(repo, repo.issue(asked.number(3)), asked.json());
    return told.status() == 200 ? Told.of(200, whole(repo, pull)) : told;
  }

  private Told review(Repo repo, Asked asked) {
    var body = asked.json();
    var event = body.getString("event", "PENDING");
    var mine = repo.issue(asked.number(3)).getJsonObject("user").getString("login");
    if (mine.equals("umbel-bot") && event.equals("APPROVE")) {
      return Told.of(
          422,
          JsonObject.of("message", "Unprocessable Entity")
              .put("errors", JsonArray.of("Can not approve your own pull request")));
    }
    var comments = body.getJsonArray("comments", new JsonArray());
    for (var each : comments) {
      if (!repo.has(((JsonObject) each).getString("path"))) {
        return Told.of(
            422,
            JsonObject.of("message", "Unprocessable Entity")
                .put("errors", JsonArray.of("Path could not be resolved")));
      }
    }
    var id = server.nextId();
    comments.forEach(each -> line(repo, asked.number(3), (JsonObject) each, null));
    var review = JsonObject.of("id", id, "body", body.getString("body", ""))
        .put("user", user("umbel-bot"))
        .put("state", event.equals("APPROVE") ? "APPROVED" : event)
        .put("submitted_at", server.tick())
        .put(
            "html_url",
            server.uri() + "/" + repo.name + "/pull/" + asked.group(3) + "#pullrequestreview-" + id)
        .put("pull_request_url", url(repo, (int) asked.number(3)));
    repo.reviews.add(review);
    return Told.of(200, review);
  }

  private Told comment(Repo repo, Asked asked) {
    var body = asked.json();
    if (!repo.pulls.containsKey((int) asked.number(3))) {
      return server.nothing();
    }
    if (body.getString("commit_id") == null || !repo.has(body.getString("path"))) {
      return GitHubServer.invalid(JsonObject.of("resource", "PullRequestReviewComment")
          .put("code", "custom")
          .put("field", "pull_request_review_thread.path")
          .put("message", "pull_request_review_thread.path is invalid"));
    }
    return Told.of(201, line(repo, asked.number(3), body, null));
  }

  private Told reply(Repo repo, Asked asked) {
    var first = GitHubServer.byId(repo.reviewComments, asked.number(4));
    if (first == null) {
      return server.nothing();
    }
    var like = first.copy().put("body", asked.json().getString("body"));
    return Told.of(201, line(repo, asked.number(3), like, first));
  }

  /** A comment on a line; the first of a thread makes the thread. */
  JsonObject line(Repo repo, long number, JsonObject body, JsonObject first) {
    var id = server.nextId();
    var comment = JsonObject.of("id", id, "node_id", "PRRC_" + id, "body", body.getString("body"))
        .put("path", body.getString("path"))
        .put("line", body.getInteger("line"))
        .put("side", body.getString("side", "RIGHT"))
        .put("user", user("umbel-bot"))
        .put("created_at", server.tick())
        .put("updated_at", server.now())
        .put("pull_request_url", url(repo, (int) number))
        .put("html_url", server.uri() + "/" + repo.name + "/pull/" + number + "#discussion_r" + id);
    repo.reviewComments.add(comment);
    if (first == null) {
      repo.threads.put(
          "PRRT_" + id,
          JsonObject.of("id", "PRRT_" + id, "isResolved", false)
              .put("number", number)
              .put("first", id));
    } else {
      comment.put("in_reply_to_id", first.getLong("id"));
    }
    return comment;
  }

  private Told reviewers(Repo repo, Asked asked, boolean isAdding) {
    var pull = repo.pulls.get((int) asked.number(3));
    var all = pull.getJsonArray("requested_reviewers");
    for (var each : asked.json().getJsonArray("reviewers")) {
      if (!server.users.contains(each)) {
        return Told.of(
            422,
            JsonObject.of(
                "message",
                "Reviews may only be requested from"
                    + " collaborators. One or more of the users or teams you specified is not a"
                    + " collaborator of the " + repo.name + " repository."));
      }
      all.remove(user((String) each));
      if (isAdding) {
        all.add(user((String) each));
      }
    }
    return Told.of(isAdding ? 201 : 200, whole(repo, pull));
  }

  private String url(Repo repo, int number) {
    return server.uri() + "/repos/" + repo.name + "/pulls/" + number;
  }

  /** GraphQL says what is wrong with status 200. */
  private Told graph(Asked asked) {
    var query = asked.json().getString("query");
    var values = asked.json().getJsonObject("variables");
    if (query.contains("reviewThreads")) {
      return threads(values);
    }
    var id = values.getString("id");
    for (var repo : server.repos.values()) {
      if (query.contains("esolveReviewThread") && repo.threads.containsKey(id)) {
        var thread = repo.threads.get(id);
        thread.put("isResolved", query.contains("{ resolveReviewThread"));
        return graphed("thread", JsonObject.of("thread", thread));
      }
      for (var pull : repo.pulls.values()) {
        if (pull.getString("node_id").equals(id)) {
          pull.put("draft", query.contains("convertPullRequestToDraft"));
          return graphed("pull", JsonObject.of("pullRequest", JsonObject.of("id", id)));
        }
      }
    }
    return unresolved("Could not resolve to a node with the global id of '" + id + "'");
  }

  private Told threads(JsonObject values) {
    var repo = server.repos.get(values.getString("owner") + "/" + values.getString("name"));
    if (repo == null || !repo.pulls.containsKey(values.getInteger("number"))) {
      return unresolved("Could not resolve to a Repository");
    }
    var nodes = new JsonArray();
    var after = values.getString("after");
    var all = repo.threads.values().stream()
        .filter(one -> one.getLong("number") == values.getLong("number").longValue())
        .toList();
    var from = after == null ? 0 : Integer.parseInt(after);
    var to = Math.min(all.size(), from + 2); // pages are small, so that there are some
    all.subList(from, to)
        .forEach(one -> nodes.add(JsonObject.of("id", one.getString("id"))
            .put("isResolved", one.getBoolean("isResolved"))
            .put("comments", JsonObject.of("nodes", comments(repo, one)))));
    var page = JsonObject.of("nodes", nodes)
        .put(
            "pageInfo",
            JsonObject.of("hasNextPage", to < all.size()).put("endCursor", Integer.toString(to)));
    return Told.of(
        200,
        JsonObject.of(
            "data",
            JsonObject.of(
                "repository", JsonObject.of("pullRequest", JsonObject.of("reviewThreads", page)))));
  }

  private static JsonArray comments(Repo repo, JsonObject thread) {
    var first = thread.getLong("first");
    var all = new JsonArray();
    repo.reviewComments.stream()
        .filter(
            one -> one.getLong("id").equals(first) || first.equals(one.getLong("in_reply_to_id")))
        .forEach(one -> all.add(JsonObject.of("databaseId", one.getLong("id"))));
    return all;
  }

  private static Told graphed(String name, JsonObject answer) {
    return Told.of(200, JsonObject.of("data", JsonObject.of(name, answer)));
  }

  private static Told unresolved(String message) {
    return Told.of(
        200,
        new JsonObject()
            .putNull("data")
            .put("errors", JsonArray.of(JsonObject.of("type", "NOT_FOUND", "message", message))));
  }
}
