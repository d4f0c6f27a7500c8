package io.umbel.tools.issues.tracker.github;

import io.umbel.outbound.Answer;
import io.umbel.outbound.OutboundFailure;
import io.umbel.outbound.Request;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Connection;
import io.umbel.tools.issues.tracker.Denials;
import io.umbel.tools.issues.tracker.TrackerWeb;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * GitHub's REST API in its version 2022-11-28, and its GraphQL API for what there is no REST for
 * (docs.github.com/rest, docs.github.com/graphql). Answers that are no success fail as
 * {@link Denials} says.
 */
final class GitHubApi {

  static final String ACCEPT = "application/vnd.github+json";

  private static final String VERSION = "2022-11-28";
  private static final int PAGE = 100;
  private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+");
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");

  private final Connection connection;
  private final TrackerWeb web;
  private final Credentials credentials;
  private final Denials denials;

  GitHubApi(Connection connection, TrackerWeb web, Credentials credentials) {
    this.connection = connection;
    this.web = web;
    this.credentials = credentials;
    this.denials = new Denials(connection.name(), GitHubApi::said);
  }

  Credentials credentials() {
    return credentials;
  }

  Denials denials() {
    return denials;
  }

  /** The path of a project's repository. */
  static String repository(Project project) {
    if (!REPOSITORY.matcher(project.identifier()).matches()
        || project.identifier().contains("..")) {
      throw Refused.invalid("A project on GitHub is called as in acme/web, not "
          + Refused.shown(project.identifier()));
    }
    return "/repos/" + project.identifier();
  }

  /** The path of an issue. */
  static String path(Issue issue) {
    return repository(issue.project()) + "/issues/" + number(issue);
  }

  static String number(Issue issue) {
    return issue.row().getString("external_id");
  }

  /** Whether that can be the number of an issue, a pull request or a comment. */
  static boolean isNumber(String text) {
    return text != null && NUMBER.matcher(text).matches();
  }

  /** One thing that has to be there. */
  Future<JsonObject> get(String path, String what) {
    return read(path).map(answer -> object(denials.checked(answer, what), false));
  }

  /** One thing, or none. */
  Future<Optional<JsonObject>> find(String path, String what) {
    return read(path)
        .map(answer -> Denials.isNone(answer)
            ? Optional.empty()
            : Optional.of(object(denials.checked(answer, what), false)));
  }

  /** Whether there is something; GitHub answers 204 and no more. */
  Future<Boolean> has(String path, String what) {
    return read(path)
        .map(answer -> !Denials.isNone(answer) && denials.checked(answer, what).isGood());
  }

  /** One page of a list. */
  Future<JsonArray> page(String path, int page, String what) {
    var joint = path.contains("?") ? "&" : "?";
    return list(path + joint + "per_page=" + PAGE + "&page=" + page, what);
  }

  /** A list, as far as it is in one answer. */
  Future<JsonArray> list(String path, String what) {
    return read(path).map(answer -> array(denials.checked(answer, what)));
  }

  /** All of a list, or its first so many. */
  Future<List<JsonObject>> all(String path, int most, String what) {
    return more(path, 1, most, what, new ArrayList<>());
  }

  /** Whether a page was the last one. */
  static boolean isLast(JsonArray page) {
    return page.size() < PAGE;
  }

  /** Has something changed or made. */
  Future<JsonObject> send(HttpMethod method, String path, JsonObject body, String what) {
    return sent(method, path, body).map(answer -> object(denials.checked(answer, what), true));
  }

  /** The same; whoever asks has to understand the answer. */
  Future<Answer> sent(HttpMethod method, String path, JsonObject body) {
    return opened(Request.send(method, connection.at(path), body)).compose(web::write);
  }

  /** What a query of the GraphQL API finds. */
  Future<JsonObject> query(String query, JsonObject variables) {
    return opened(graph(query, variables)).compose(web::read).map(this::found);
  }

  /** What a mutation of the GraphQL API did. */
  Future<JsonObject> mutate(String query, JsonObject variables) {
    return opened(graph(query, variables)).compose(web::write).map(this::found);
  }

  private Future<Answer> read(String path) {
    return opened(Request.get(connection.at(path))).compose(web::read);
  }

  private Future<List<JsonObject>> more(
      String path, int page, int most, String what, List<JsonObject> all) {
    return page(path, page, what).compose(found -> {
      found.stream().map(JsonObject.class::cast).limit(most - all.size()).forEach(all::add);
      return isLast(found) || all.size() >= most
          ? Future.succeededFuture(all)
          : more(path, page + 1, most, what, all);
    });
  }

  private Future<Request> opened(Request request) {
    return Future.succeededFuture()
        .compose(begun -> credentials.token())
        .map(token -> request
            .with("Accept", ACCEPT)
            .with("X-GitHub-Api-Version", VERSION)
            .with("Authorization", "Bearer " + token));
  }

  /** GitHub's own server has it beside /api/v3, github.com below the API's root. */
  private Request graph(String query, JsonObject variables) {
    var api = connection.url().toString();
    var url = api.endsWith("/api/v3") ? api.replaceFirst("/v3$", "/graphql") : api + "/graphql";
    return Request.send(
        HttpMethod.POST, URI.create(url), JsonObject.of("query", query, "variables", variables));
  }

  private JsonObject found(Answer answer) {
    var json = object(denials.checked(answer, "answer to that"), true);
    var errors = json.getJsonArray("errors", new JsonArray());
    if (!errors.isEmpty()) {
      var first = errors.getJsonObject(0);
      if ("NOT_FOUND".equals(first.getString("type"))) {
        throw denials.none("such thread or pull request");
      }
      throw Refused.invalid("Tracker " + connection.name() + " does not take this: "
          + Refused.shown(first.getString("message", "no reason told")));
    }
    return json.getJsonObject("data");
  }

  private JsonObject object(Answer answer, boolean isWrite) {
    try {
      return answer.object();
    } catch (OutboundFailure e) {
      throw denials.unreadable(e, isWrite);
    }
  }

  private JsonArray array(Answer answer) {
    try {
      return answer.array();
    } catch (OutboundFailure e) {
      throw denials.unreadable(e, false);
    }
  }

  /**
   * What is wrong, from {@code {message, errors}}, where an error is a text or {@code {resource,
   * field, code, value, message}} (docs.github.com/rest: troubleshooting, "Validation Failed").
   */
  static String said(Answer answer) {
    try {
      var json = answer.object();
      var errors = json.getJsonArray("errors", new JsonArray()).stream()
          .map(GitHubApi::error)
          .collect(Collectors.joining("; "));
      var message = json.getString("message", "");
      return errors.isEmpty() ? message : message + ": " + errors;
    } catch (OutboundFailure | ClassCastException e) {
      return "";
    }
  }

  private static String error(Object each) {
    if (!(each instanceof JsonObject error)) {
      return String.valueOf(each);
    }
    if (error.getString("message") != null) {
      return error.getString("message");
    }
    var value = error.getValue("value");
    return error.getString("field") + " " + error.getString("code")
        + (value == null ? "" : " (" + value + ")");
  }
}
