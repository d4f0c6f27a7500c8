package io.umbel.tools.issues.tracker.github;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Discussion;
import io.umbel.tools.issues.tracker.Remote.CommentChange;
import io.umbel.tools.issues.tracker.Steps;
import io.umbel.tools.issues.tracker.Tracker.PlacedComment;
import io.umbel.tools.issues.tracker.Tracker.Remark;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a pull request: comments on lines, which are threads that can be resolved
 * (docs.github.com/rest/pulls/comments), what reviews say as a whole, and comments as on any issue.
 */
final class GitHubReviewComments {

  /** Of one pull request, of each of the three sorts. */
  private static final int MOST = 300;

  private final GitHubApi api;
  private final GitHubComments plain;
  private final GitHubThreads threads;

  GitHubReviewComments(GitHubApi api, GitHubComments plain) {
    this.api = api;
    this.plain = plain;
    this.threads = new GitHubThreads(api);
  }

  /** All of it; nothing where it is not wanted. */
  Future<Optional<Discussion>> of(GitHubPull pull, boolean isWanted) {
    if (!isWanted) {
      return Future.succeededFuture(Optional.empty());
    }
    var all = new ArrayList<JsonObject>();
    return api.all(pull.issuePath() + "/comments", MOST, pull.what())
        .onSuccess(found -> found.forEach(one -> all.add(told(one, "issue_comment"))))
        .compose(next -> api.all(pull.path() + "/reviews", MOST, pull.what()))
        .onSuccess(found -> found.stream()
            .filter(one -> !GitHubIssues.text(one, "body").isEmpty())
            .forEach(one -> all.add(reviewed(one))))
        .compose(next -> api.all(pull.path() + "/comments", MOST, pull.what()))
        .compose(found -> lines(pull, found))
        .map(lines -> {
          all.addAll(lines);
          return Optional.of(new Discussion(all));
        });
  }

  /** Says something of the whole, of a line, or in answer to a comment on a line. */
  Future<PlacedComment> add(GitHubPull pull, Remark remark) {
    if (remark.inReplyTo() != null) {
      return replied(pull, remark);
    }
    return remark.line() == null
        ? pull.read(api).compose(there -> plain.add(pull.issuePath(), remark.body(), pull.what()))
        : pull.read(api).compose(json -> onLine(pull, remark, json));
  }

  Future<PlacedComment> change(GitHubPull pull, CommentChange change) {
    if (change.resolved() != null && "issue_comment".equals(change.type())) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "Only threads of review comments can be resolved on GitHub",
          null);
    }
    return onLine(pull, change).compose(found -> {
      if (found.isEmpty()) {
        return unresolvable(pull, change);
      }
      var steps = new Steps();
      if (change.resolved() != null) {
        steps.then("resolved", () -> threads.settle(pull, change));
      }
      if (change.body() != null) {
        steps.then("body", () -> edited(pull, change));
      }
      return steps.run().map(done -> GitHubIssues.placed(found.get()));
    });
  }

  private Future<PlacedComment> onLine(GitHubPull pull, Remark remark, JsonObject json) {
    var body = JsonObject.of("body", remark.body(), "path", remark.line().path())
        .put("line", remark.line().number())
        .put("side", remark.line().side())
        .put("commit_id", json.getJsonObject("head").getString("sha"));
    return api.send(HttpMethod.POST, pull.path() + "/comments", body, pull.what())
        .map(GitHubIssues::placed);
  }

  /** GitHub has answers to comments on lines alone; what is no such is said to the whole. */
  private Future<PlacedComment> replied(GitHubPull pull, Remark remark) {
    var change = new CommentChange(remark.inReplyTo(), null, null, null, null);
    return onLine(pull, change).compose(found -> {
      if (found.isEmpty()) {
        return plain.add(pull.issuePath(), remark.body(), pull.what());
      }
      var first = found.get().getLong("in_reply_to_id", found.get().getLong("id"));
      var path = pull.path() + "/comments/" + first + "/replies";
      var body = JsonObject.of("body", remark.body());
      return api.send(HttpMethod.POST, path, body, pull.what()).map(GitHubIssues::placed);
    });
  }

  /** The comment on a line of that pull request, if it is one. */
  private Future<Optional<JsonObject>> onLine(GitHubPull pull, CommentChange change) {
    if ("issue_comment".equals(change.type()) || !GitHubApi.isNumber(change.externalId())) {
      return Future.succeededFuture(Optional.empty());
    }
    return api.find(path(pull, change), what(pull, change))
        .map(found -> found.filter(
            json -> json.getString("pull_request_url", "").endsWith("/pulls/" + pull.number())));
  }

  private Future<PlacedComment> unresolvable(GitHubPull pull, CommentChange change) {
    return "review_comment".equals(change.type()) || change.resolved() != null
        ? Future.failedFuture(api.denials().none(what(pull, change)))
        : plain.edit(pull.project(), pull.number(), change);
  }

  private Future<PlacedComment> edited(GitHubPull pull, CommentChange change) {
    return api.send(
            HttpMethod.PATCH,
            path(pull, change),
            JsonObject.of("body", change.body()),
            what(pull, change))
        .map(GitHubIssues::placed);
  }

  private static String path(GitHubPull pull, CommentChange change) {
    return GitHubApi.repository(pull.project()) + "/pulls/comments/" + change.externalId();
  }

  private static String what(GitHubPull pull, CommentChange change) {
    return "comment " + Refused.shown(change.externalId()) + " of " + pull.what();
  }

  private Future<List<JsonObject>> lines(GitHubPull pull, List<JsonObject> found) {
    if (found.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return threads
        .of(pull)
        .map(all -> found.stream()
            .map(one -> {
              var line = told(one, "review_comment")
                  .put("path", one.getString("path"))
                  .put("line", one.getInteger("line"))
                  .put("side", one.getString("side"));
              var answered = one.getLong("in_reply_to_id");
              if (answered != null) {
                line.put("in_reply_to", answered.toString());
              }
              all.stream()
                  .filter(thread -> thread.has(one.getLong("id")))
                  .findFirst()
                  .ifPresent(thread ->
                      line.put("thread_id", thread.id()).put("resolved", thread.isResolved()));
              return line;
            })
            .toList());
  }

  private static JsonObject told(JsonObject json, String type) {
    return JsonObject.of("id", json.getLong("id").toString(), "type", type)
        .put("author", GitHubIssues.author(json))
        .put("body", GitHubIssues.text(json, "body"))
        .put("url", json.getString("html_url"))
        .put("created_at", json.getString("created_at"))
        .put("updated_at", json.getString("updated_at"));
  }

  private static JsonObject reviewed(JsonObject json) {
    var at = json.getString("submitted_at");
    return told(json, "review")
        .put("verdict", json.getString("state").toLowerCase(java.util.Locale.ROOT))
        .put("created_at", at)
        .put("updated_at", at);
  }
}
