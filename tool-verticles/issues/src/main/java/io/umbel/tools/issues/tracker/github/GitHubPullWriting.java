package io.umbel.tools.issues.tracker.github;

import io.umbel.contract.ErrorCode;
import io.umbel.outbound.Answer;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Review;
import io.umbel.tools.issues.tracker.Steps;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Makes and changes pull requests: what is theirs, what is their issue's, who is to review them,
 * and reviews (docs.github.com/rest/pulls: pulls, review-requests, reviews). A draft becomes ready,
 * and the other way round, by GraphQL alone.
 */
final class GitHubPullWriting {

  private static final List<String> OPTIONS = List.of("head_repo", "maintainer_can_modify");
  private static final int MILESTONES = 1_000;
  private static final String DRAFT = """
      mutation($id: ID!) { pull: convertPullRequestToDraft(input: {pullRequestId: $id}) {
        pullRequest { id } } }""";
  private static final String READY = """
      mutation($id: ID!) { pull: markPullRequestReadyForReview(input: {pullRequestId: $id}) {
        pullRequest { id } } }""";

  private final GitHubApi api;

  GitHubPullWriting(GitHubApi api) {
    this.api = api;
  }

  /** All that can be looked up is looked up before anything is made. */
  Future<JsonObject> create(Project project, JsonObject asked) {
    var body = JsonObject.of("title", asked.getString("title"))
        .put("head", asked.getString("source_branch"))
        .put("base", asked.getString("target_branch"))
        .put("body", asked.getString("description", ""))
        .put("draft", asked.getBoolean("draft", false))
        .mergeIn(options(asked.getJsonObject("extra_options", new JsonObject())));
    return new GitHubPeople(api)
        .assignable(project, texts(asked, "assignees"))
        .compose(there -> milestone(project, asked.getString("milestone")))
        .compose(milestone -> made(project, body)
            .compose(made -> furnished(
                new GitHubPull(project, made.getLong("number").toString(), api.denials()),
                made,
                ofIssue(asked, milestone),
                texts(asked, "reviewers"))));
  }

  Future<JsonObject> update(GitHubPull pull, JsonObject asked) {
    var review = Review.of(asked);
    if (review != null && review.action() == Review.Action.REQUEST_CHANGES && !review.hasBody()) {
      throw Refused.invalid("GitHub needs a review_body that says which changes are requested");
    }
    return new GitHubPeople(api)
        .assignable(pull.project(), texts(asked, "assignees"))
        .compose(there -> pull.read(api))
        .compose(json -> steps(pull, asked, json, review).run().map(done -> {
          var what =
              done.isEmpty() ? "Nothing was to change" : "Changed " + String.join(", ", done);
          return JsonObject.of("pull_request_id", json.getLong("id").toString())
              .put("status", done.isEmpty() ? "unchanged" : "updated")
              .put("message", what + " of " + pull.what())
              .put("url", json.getString("html_url"));
        }));
  }

  private Steps steps(GitHubPull pull, JsonObject asked, JsonObject json, Review review) {
    var steps = new Steps();
    var own = own(asked);
    if (!own.isEmpty()) {
      var names = String.join(" and ", own.fieldNames()).replace("body", "description");
      steps.then(names, () -> api.send(HttpMethod.PATCH, pull.path(), own, pull.what()));
    }
    var ofIssue = ofIssue(asked, null);
    if (!ofIssue.isEmpty()) {
      var names = String.join(" and ", ofIssue.fieldNames());
      steps.then(names, () -> api.send(HttpMethod.PATCH, pull.issuePath(), ofIssue, pull.what()));
    }
    if (asked.containsKey("reviewers")) {
      reviewers(steps, pull, json, texts(asked, "reviewers"));
    }
    var draft = asked.getBoolean("draft");
    if (draft != null && !draft.equals(json.getBoolean("draft"))) {
      var id = JsonObject.of("id", json.getString("node_id"));
      steps.then("draft", () -> api.mutate(draft ? DRAFT : READY, id));
    }
    if (review != null) {
      steps.then("review", () -> reviewed(pull, review));
    }
    return steps;
  }

  private static JsonObject own(JsonObject asked) {
    var body = new JsonObject();
    for (var member : List.of("title", "state")) {
      if (asked.getString(member) != null) {
        body.put(member, asked.getString(member));
      }
    }
    return asked.getString("description") == null
        ? body
        : body.put("body", asked.getString("description"));
  }

  private static JsonObject ofIssue(JsonObject asked, Long milestone) {
    var body = new JsonObject();
    for (var member : List.of("labels", "assignees")) {
      if (asked.getJsonArray(member) != null) {
        body.put(member, asked.getJsonArray(member));
      }
    }
    return milestone == null ? body : body.put("milestone", milestone);
  }

  private void reviewers(Steps steps, GitHubPull pull, JsonObject json, List<String> wanted) {
    var there = GitHubIssues.names(json, "requested_reviewers", "login");
    var more = new ArrayList<>(wanted);
    more.removeAll(there);
    var less = new ArrayList<>(there);
    less.removeAll(wanted);
    if (!more.isEmpty()) {
      steps.then("reviewers", () -> requested(pull, HttpMethod.POST, more));
    }
    if (!less.isEmpty()) {
      steps.then("reviewers that are no more", () -> requested(pull, HttpMethod.DELETE, less));
    }
  }

  private Future<JsonObject> requested(GitHubPull pull, HttpMethod method, List<String> logins) {
    var body = JsonObject.of("reviewers", new JsonArray(logins));
    return api.send(method, pull.path() + "/requested_reviewers", body, pull.what());
  }

  private Future<JsonObject> reviewed(GitHubPull pull, Review review) {
    var comments = new JsonArray();
    review
        .comments()
        .forEach(said -> comments.add(JsonObject.of("path", said.line().path())
            .put("line", said.line().number())
            .put("side", said.line().side())
            .put("body", said.body())));
    var body = JsonObject.of("event", review.action().name(), "comments", comments);
    if (review.hasBody()) {
      body.put("body", review.body());
    }
    return api.send(HttpMethod.POST, pull.path() + "/reviews", body, pull.what());
  }

  private Future<JsonObject> made(Project project, JsonObject body) {
    return api.sent(HttpMethod.POST, GitHubApi.repository(project) + "/pulls", body)
        .map(answer -> {
          if (answer.status() == 422) {
            throw unmade(project, answer, body);
          }
          return api.denials()
              .checked(answer, "project " + project.identifier())
              .object();
        });
  }

  /** One that is there already, or a branch that is not, is no matter of how it was said. */
  private Refused unmade(Project project, Answer answer, JsonObject body) {
    var said = GitHubApi.said(answer);
    if (said.contains("already exists")) {
      return new Refused(
          ErrorCode.CONFLICT,
          "There is an open pull request from " + Refused.shown(body.getString("head"))
              + " already: change that one with update_pull_request",
          null);
    }
    for (var branch : List.of("head", "base")) {
      if (said.contains(branch + " invalid")) {
        return api.denials()
            .none(
                "branch " + Refused.shown(body.getString(branch)) + " in " + project.identifier());
      }
    }
    return api.denials().of(answer, "project " + project.identifier());
  }

  /** The pull request is there; what cannot be added to it now is told, and can be added later. */
  private Future<JsonObject> furnished(
      GitHubPull pull, JsonObject made, JsonObject ofIssue, List<String> reviewers) {
    var steps = new Steps();
    if (!ofIssue.isEmpty()) {
      steps.then(
          String.join(" and ", new TreeSet<>(ofIssue.fieldNames())),
          () -> api.send(HttpMethod.PATCH, pull.issuePath(), ofIssue, pull.what()));
    }
    if (!reviewers.isEmpty()) {
      steps.then("reviewers", () -> requested(pull, HttpMethod.POST, reviewers));
    }
    return steps
        .run()
        .map("Created " + pull.what())
        .otherwise(why ->
            "Created " + pull.what() + ", but not with all that was asked for: " + why.getMessage())
        .map(message -> JsonObject.of("pull_request_id", made.getLong("id").toString())
            .put("number", made.getLong("number"))
            .put("status", "created")
            .put("message", message)
            .put("url", made.getString("html_url"))
            .put("source_branch", made.getJsonObject("head").getString("ref"))
            .put("target_branch", made.getJsonObject("base").getString("ref"))
            .put("is_draft", made.getBoolean("draft", false)));
  }

  /** By title, or by number; null where none is asked for. */
  private Future<Long> milestone(Project project, String asked) {
    if (asked == null) {
      return Future.succeededFuture();
    }
    var path = GitHubApi.repository(project) + "/milestones?state=all";
    return api.all(path, MILESTONES, "project " + project.identifier())
        .map(all -> all.stream()
            .filter(one -> asked.equalsIgnoreCase(one.getString("title"))
                || Objects.equals(asked, one.getLong("number").toString()))
            .findFirst()
            .map(one -> one.getLong("number"))
            .orElseThrow(() -> Refused.invalid("There is no milestone \"" + Refused.shown(asked)
                + "\" in " + project.identifier())));
  }

  private static JsonObject options(JsonObject asked) {
    asked.fieldNames().stream()
        .filter(name -> !OPTIONS.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw Refused.invalid("extra_options/" + Refused.shown(name)
              + " is not known on GitHub; there are: " + String.join(", ", OPTIONS));
        });
    return asked;
  }

  private static List<String> texts(JsonObject asked, String member) {
    return asked.getJsonArray(member, new JsonArray()).stream()
        .map(String.class::cast)
        .toList();
  }
}
