package io.umbel.tools.issues.tracker.gitlab;

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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * GitLab's REST API in its version 4, and its GraphQL API for what there is no REST for
 * (docs.gitlab.com/api/rest, docs.gitlab.com/api/graphql). Answers that are no success fail as
 * {@link Denials} says.
 */
final class GitLabApi {

  private static final String ROOT = "/api/v4";
  private static final int PAGE = 100;
  private static final Pattern PROJECT =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+");
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");

  private final Connection connection;
  private final TrackerWeb web;
  private final String server;
  private final Denials denials;

  GitLabApi(Connection connection, TrackerWeb web) {
    this.connection = connection;
    this.web = web;
    this.server = connection.url().toString().replaceFirst(ROOT + "$", "");
    this.denials = new Denials(connection.name(), GitLabApi::said);
  }

  Denials denials() {
    return denials;
  }

  /**
   * The path of a project: its own path, encoded, is its name (docs.gitlab.com/api/rest: namespaced
   * paths).
   */
  static String path(Project project) {
    if (!PROJECT.matcher(project.identifier()).matches()) {
      throw Refused.invalid("A project on GitLab is called as in acme/shop/web, not "
          + Refused.shown(project.identifier()));
    }
    return "/projects/" + encoded(project.identifier());
  }

  /** The path of an issue. */
  static String path(Issue issue) {
    return path(issue.project()) + "/issues/" + number(issue);
  }

  static String number(Issue issue) {
    return issue.row().getString("external_id");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Whether that can be the number of an issue, a merge request or a note. */
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

  /** One page of a list. */
  Future<JsonArray> page(String path, int page, int size, String what) {
    var joint = path.contains("?") ? "&" : "?";
    return read(path + joint + "per_page=" + size + "&page=" + page)
        .map(answer -> array(denials.checked(answer, what)));
  }

  Future<JsonArray> page(String path, int page, String what) {
    return page(path, page, PAGE, what);
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
    return web.write(opened(Request.send(method, at(path), body)));
  }

  /** What a mutation of the GraphQL API did, by its name there. */
  Future<JsonObject> mutate(String name, String query, JsonObject variables) {
    var body = JsonObject.of("query", query, "variables", variables);
    var request = Request.send(HttpMethod.POST, URI.create(server + "/api/graphql"), body);
    return web.write(opened(request)).map(answer -> {
      var json = object(denials.checked(answer, "answer to that"), true);
      var done = json.getJsonObject("data", new JsonObject());
      var made = done == null ? null : done.getJsonObject(name);
      var errors = made == null
          ? json.getJsonArray("errors", JsonArray.of("no reason told"))
          : made.getJsonArray("errors", new JsonArray());
      if (!errors.isEmpty()) {
        throw Refused.invalid("Tracker " + connection.name() + " does not take this: "
            + Refused.shown(text(errors.getValue(0))));
      }
      return made;
    });
  }

  private Future<Answer> read(String path) {
    return web.read(opened(Request.get(at(path))));
  }

  private URI at(String path) {
    return URI.create(server + ROOT + path);
  }

  /**
   * Good for the tokens of people, projects and groups (docs.gitlab.com/api/rest/authentication).
   */
  private Request opened(Request request) {
    return request.with("PRIVATE-TOKEN", connection.secret());
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
   * What is wrong: {@code message} is a text, a list of them, or what is wrong of each attribute;
   * {@code error} is a text (docs.gitlab.com/api/rest/troubleshooting, "Data validation and
   * reporting").
   */
  static String said(Answer answer) {
    try {
      var json = answer.object();
      return text(json.getValue("message", json.getValue("error")));
    } catch (OutboundFailure e) {
      return "";
    }
  }

  private static String text(Object said) {
    if (said instanceof JsonArray list) {
      return list.stream().map(GitLabApi::text).collect(Collectors.joining(", "));
    }
    if (said instanceof JsonObject object) {
      return object.containsKey("message")
          ? text(object.getValue("message"))
          : object.stream()
              .map(each -> each.getKey() + " " + text(each.getValue()))
              .collect(Collectors.joining("; "));
    }
    return said == null ? "" : said.toString();
  }
}
