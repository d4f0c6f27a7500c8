package io.umbel.tools.issues.tracker.github;

import io.umbel.tools.issues.tracker.PlayedApi;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * GitHub's REST API of 2022-11-28, as far as a tracker uses it and as docs.github.com/rest says it
 * behaves: a private repository is a 404 to whoever may not see it, a bad token a 401, a token
 * without the permission a 403, validation a 422 with {@code errors}, pages with {@code Link}, pull
 * requests among the issues, labels made when an issue is given them.
 */
final class GitHubServer extends PlayedApi {

  static final String TOKEN = "ghp_theRightOne";
  static final String READ_ONLY = "ghp_mayOnlyRead";

  final Map<String, Repo> repos = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  final Set<String> users = new HashSet<>(Set.of("ann", "ben", "umbel-bot"));
  final GitHubApp app = new GitHubApp();

  private Instant now = Instant.parse("2026-01-05T09:00:00Z");
  private long lastId = 1000;

  /** A repository; its issues and pull requests count together. */
  final class Repo {
    final String name;
    final List<JsonObject> issues = new ArrayList<>();
    final List<JsonObject> comments = new ArrayList<>();
    final Map<String, JsonObject> labels = new LinkedHashMap<>();
    final List<JsonObject> milestones = new ArrayList<>();
    final List<JsonObject> dependencies = new ArrayList<>();
    final Map<Integer, JsonObject> pulls = new LinkedHashMap<>();
    final List<JsonObject> reviews = new ArrayList<>();
    final List<JsonObject> reviewComments = new ArrayList<>();
    final Map<String, JsonObject> threads = new LinkedHashMap<>();
    final Set<String> branches = new HashSet<>(Set.of("main"));
    final List<JsonObject> files = new ArrayList<>();

    private Repo(String name) {
      this.name = name;
    }

    JsonObject issue(long number) {
      return issues.stream()
          .filter(one -> one.getLong("number") == number)
          .findFirst()
          .orElse(null);
    }

    /** Whether the change of its pull requests is about that file. */
    boolean has(String path) {
      return files.stream().anyMatch(one -> one.getString("filename").equals(path));
    }

    JsonObject toJson() {
      var owner = name.substring(0, name.indexOf('/'));
      return JsonObject.of("id", name.hashCode(), "name", name.substring(owner.length() + 1))
          .put("full_name", name)
          .put("owner", JsonObject.of("login", owner))
          .put("private", true)
          .put("has_issues", true)
          .put("archived", false)
          .put("html_url", uri() + "/" + name)
          .put("permissions", JsonObject.of("pull", true, "push", true));
    }
  }

  GitHubServer(Vertx vertx) {
    super(vertx);
    addIssues();
    addComments();
    new GitHubPullRoutes(this).add();
    on("POST", "/app/installations/*/access_tokens", asked -> app.token(asked, now()));
  }

  void route(String method, String path, Function<Asked, Told> answer) {
    on(method, path, answer);
  }

  /** A repository that only who has the token sees. */
  Repo repo(String name) {
    return repos.computeIfAbsent(name, Repo::new);
  }

  /** An issue that somebody made there by themselves. */
  JsonObject issue(String repo, String title, String author) {
    var body = JsonObject.of("title", title, "body", "About " + title);
    return made(repo(repo), body, author);
  }

  @Override
  protected Optional<Told> guard(Asked asked) {
    var given = asked.headers().get("Authorization");
    if (asked.path().startsWith("/app/")) {
      return Optional.empty();
    }
    if (asked.headers().get("User-Agent") == null) {
      return Optional.of(problem(403, "Request forbidden by administrative rules."));
    }
    if (given != null && !isKnown(given)) {
      return Optional.of(problem(401, "Bad credentials"));
    }
    if (given == null) {
      return Optional.of(
          asked.path().startsWith("/repos") ? nothing() : problem(401, "Requires authentication"));
    }
    if (given.endsWith(READ_ONLY) && !asked.method().equals("GET")) {
      return Optional.of(problem(403, "Resource not accessible by personal access token"));
    }
    return Optional.empty();
  }

  @Override
  protected Map<String, String> always() {
    return Map.of("X-RateLimit-Limit", "5000", "X-RateLimit-Remaining", "4990");
  }

  private boolean isKnown(String given) {
    var token = given.replaceFirst("^(Bearer|token) ", "");
    return token.equals(TOKEN) || token.equals(READ_ONLY) || app.knows(token);
  }

  private void addIssues() {
    on(
        "GET",
        "/user",
        asked -> asked.headers().get("Authorization").contains(GitHubApp.ISSUED)
            ? problem(403, "Resource not accessible by integration")
            : Told.of(200, user("umbel-bot")));
    on("GET", "/user/repos", asked -> list(asked, repositories()));
    on("GET", "/installation/repositories", asked -> {
      var told = list(asked, repositories());
      var page = JsonObject.of("total_count", repos.size())
          .put("repositories", new JsonArray(List.copyOf((List<?>) told.body())));
      return new Told(200, told.headers(), page);
    });
    on("GET", "/repos/*/*", asked -> in(asked, repo -> Told.of(200, repo.toJson())));
    on(
        "GET",
        "/repos/*/*/assignees/*",
        asked ->
            in(asked, repo -> users.contains(asked.group(3)) ? Told.of(204, null) : nothing()));
    on(
        "GET",
        "/repos/*/*/labels",
        asked -> in(asked, repo -> list(asked, List.copyOf(repo.labels.values()))));
    on("GET", "/repos/*/*/milestones", asked -> in(asked, repo -> list(asked, repo.milestones)));
    on(
        "GET",
        "/repos/*/*/issues",
        asked -> in(
            asked,
            repo -> list(
                asked,
                changed(
                    asked,
                    repo.issues.stream()
                        .filter(one -> asked.query().contains("state", "all", true)
                            || one.getString("state").equals("open"))
                        .toList()))));
    on("POST", "/repos/*/*/issues", asked -> in(asked, repo -> create(repo, asked.json())));
    on(
        "GET",
        "/repos/*/*/issues/(\\d+)",
        asked -> in(asked, repo -> there(repo.issue(asked.number(3)))));
    on(
        "PATCH",
        "/repos/*/*/issues/(\\d+)",
        asked -> in(asked, repo -> update(repo, repo.issue(asked.number(3)), asked.json())));
    on(
        "POST",
        "/repos/*/*/issues/(\\d+)/dependencies/blocked_by",
        asked -> in(asked, repo -> depend(repo, asked)));
  }

  private void addComments() {
    on(
        "GET",
        "/repos/*/*/issues/comments",
        asked -> in(asked, repo -> list(asked, changed(asked, repo.comments))));
    on(
        "GET",
        "/repos/*/*/issues/(\\d+)/comments",
        asked ->
            in(asked, repo -> list(asked, changed(asked, of(repo.comments, "issue_url", asked)))));
    on(
        "POST",
        "/repos/*/*/issues/(\\d+)/comments",
        asked -> in(asked, repo -> {
          var body = asked.json().getString("body", "");
          if (repo.issue(asked.number(3)) == null) {
            return nothing();
          }
          return body.isEmpty()
              ? missing("IssueComment", "body")
              : Told.of(201, comment(repo, asked.number(3), body, "umbel-bot"));
        }));
    on(
        "GET",
        "/repos/*/*/issues/comments/(\\d+)",
        asked -> in(asked, repo -> there(byId(repo.comments, asked.number(3)))));
    on(
        "PATCH",
        "/repos/*/*/issues/comments/(\\d+)",
        asked -> in(asked, repo -> edit(byId(repo.comments, asked.number(3)), asked.json())));
  }

  /** A comment that somebody made. */
  JsonObject comment(Repo repo, long issue, String body, String author) {
    var id = nextId();
    var of = repo.issue(issue);
    of.put("comments", of.getInteger("comments") + 1).put("updated_at", tick());
    var comment = JsonObject.of("id", id, "node_id", "IC_" + id, "body", body)
        .put("user", user(author))
        .put("issue_url", uri() + "/repos/" + repo.name + "/issues/" + issue)
        .put("html_url", of.getString("html_url") + "#issuecomment-" + id)
        .put("created_at", now())
        .put("updated_at", now());
    repo.comments.add(comment);
    return comment;
  }

  Told edit(JsonObject comment, JsonObject body) {
    return comment == null
        ? nothing()
        : Told.of(200, comment.put("body", body.getString("body")).put("updated_at", tick()));
  }

  private Told create(Repo repo, JsonObject body) {
    if (body.getString("title", "").isBlank()) {
      return missing("Issue", "title");
    }
    var wrong = unassignable(body);
    return wrong.orElseGet(() -> Told.of(201, made(repo, body, "umbel-bot")));
  }

  JsonObject made(Repo repo, JsonObject body, String author) {
    var number = repo.issues.size() + 1;
    var issue = JsonObject.of("id", nextId(), "number", number, "state", "open")
        .put("node_id", "I_" + number)
        .putNull("state_reason")
        .put("user", user(author))
        .put("comments", 0)
        .put("html_url", uri() + "/" + repo.name + "/issues/" + number)
        .put("created_at", tick())
        .put("labels", new JsonArray())
        .put("assignees", new JsonArray())
        .put("body", body.getString("body"))
        .put("title", body.getString("title"));
    repo.issues.add(issue);
    apply(repo, issue, body);
    return issue;
  }

  Told update(Repo repo, JsonObject issue, JsonObject body) {
    if (issue == null) {
      return nothing();
    }
    return unassignable(body).orElseGet(() -> {
      apply(repo, issue, body);
      return Told.of(200, issue);
    });
  }

  private void apply(Repo repo, JsonObject issue, JsonObject body) {
    for (var plain : List.of("title", "body", "state", "state_reason")) {
      if (body.containsKey(plain)) {
        issue.put(plain, body.getValue(plain));
      }
    }
    if (body.containsKey("labels")) {
      var labels = new JsonArray();
      body.getJsonArray("labels").forEach(name -> labels.add(label(repo, (String) name)));
      issue.put("labels", labels);
    }
    if (body.containsKey("milestone")) {
      issue.put("milestone", JsonObject.of("number", body.getValue("milestone")));
    }
    if (body.containsKey("assignees")) {
      var all = new JsonArray();
      body.getJsonArray("assignees").forEach(login -> all.add(user((String) login)));
      issue.put("assignees", all);
    }
    issue.put("updated_at", tick());
  }

  JsonObject label(Repo repo, String name) {
    return repo.labels.computeIfAbsent(
        name,
        made -> JsonObject.of("id", nextId(), "name", made)
            .put("color", "ededed")
            .putNull("description")
            .put("default", false));
  }

  Optional<Told> unassignable(JsonObject body) {
    return body.getJsonArray("assignees", new JsonArray()).stream()
        .filter(login -> !users.contains(login))
        .findFirst()
        .map(login -> invalid(JsonObject.of("value", login, "resource", "Issue")
            .put("field", "assignees")
            .put("code", "invalid")));
  }

  private Told depend(Repo repo, Asked asked) {
    var blocked = repo.issue(asked.number(3));
    var isKnown = repos.values().stream()
        .flatMap(one -> one.issues.stream())
        .anyMatch(one -> one.getLong("id").equals(asked.json().getLong("issue_id")));
    if (blocked == null || !isKnown) {
      return nothing();
    }
    repo.dependencies.add(JsonObject.of("blocked", blocked.getLong("number"))
        .put("by", asked.json().getLong("issue_id")));
    return Told.of(201, blocked);
  }

  /** Those since the moment that is asked for, in the order that is asked for. */
  private static List<JsonObject> changed(Asked asked, List<JsonObject> all) {
    var since = asked.query().get("since");
    var by = "updated".equals(asked.query().get("sort")) ? "updated_at" : "created_at";
    var order = Comparator.comparing((JsonObject one) -> one.getString(by));
    return all.stream()
        .filter(one -> since == null || one.getString("updated_at").compareTo(since) >= 0)
        .sorted("asc".equals(asked.query().get("direction")) ? order : order.reversed())
        .toList();
  }

  Told list(Asked asked, List<?> all) {
    var told = Told.of(200, page(asked, all, 30));
    var page = number(asked, "page", 1);
    var last = Math.max(1, (all.size() + size(asked, 30) - 1) / size(asked, 30));
    return page >= last
        ? told
        : told.with(
            "Link",
            "<" + other(asked, page + 1) + ">; rel=\"next\", <" + other(asked, last)
                + ">; rel=\"last\"");
  }

  List<JsonObject> of(List<JsonObject> all, String member, Asked asked) {
    return all.stream()
        .filter(one -> one.getString(member).endsWith("/" + asked.group(3)))
        .toList();
  }

  Told in(Asked asked, Function<Repo, Told> answer) {
    var repo = repos.get(asked.group(1) + "/" + asked.group(2));
    return repo == null ? nothing() : answer.apply(repo);
  }

  Told there(JsonObject found) {
    return found == null ? nothing() : Told.of(200, found);
  }

  static JsonObject byId(List<JsonObject> all, long id) {
    return all.stream().filter(one -> one.getLong("id") == id).findFirst().orElse(null);
  }

  static Told invalid(JsonObject error) {
    return Told.of(
        422,
        JsonObject.of("message", "Validation Failed")
            .put("errors", JsonArray.of(error))
            .put("documentation_url", "https://docs.github.com/rest"));
  }

  static Told missing(String resource, String field) {
    return invalid(
        JsonObject.of("resource", resource, "field", field).put("code", "missing_field"));
  }

  static Told problem(int status, String message) {
    return Told.of(
        status,
        JsonObject.of("message", message)
            .put("documentation_url", "https://docs.github.com/rest")
            .put("status", Integer.toString(status)));
  }

  @Override
  protected Told nothing() {
    return problem(404, "Not Found");
  }

  static JsonObject user(String login) {
    return JsonObject.of("login", login, "id", login.hashCode(), "type", "User");
  }

  String tick() {
    now = now.plusSeconds(1);
    return now();
  }

  String now() {
    return now.toString();
  }

  long nextId() {
    return ++lastId;
  }

  private List<JsonObject> repositories() {
    return repos.values().stream().map(Repo::toJson).toList();
  }
}
