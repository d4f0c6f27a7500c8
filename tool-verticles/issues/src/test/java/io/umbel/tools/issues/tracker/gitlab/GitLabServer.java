package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.tracker.PlayedApi;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * GitLab's REST API of version 4, as far as a tracker uses it and as docs.gitlab.com/api says it
 * behaves: a project is named by its encoded path, a private one is a 404 to whoever may not see
 * it, people are assigned by number, labels come between commas, pages with {@code X-Next-Page},
 * and a line such as {@code /close} in a text is done.
 */
final class GitLabServer extends PlayedApi {

  static final String TOKEN = "glpat-theRightOne";
  static final String READ_ONLY = "glpat-mayOnlyRead";

  private static final String ROOT = "/api/v4";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern CLOSE = Pattern.compile("(?m)^/(close|merge)\\s*$");

  final Map<String, Project> projects = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  final Map<String, Long> users = new LinkedHashMap<>(Map.of("ann", 11L, "ben", 12L, "bot", 13L));
  final List<JsonObject> links = new ArrayList<>();

  private Instant now = Instant.parse("2026-01-05T09:00:00Z");
  private long lastId = 2000;

  /** A project. */
  final class Project {
    final String path;
    final List<JsonObject> issues = new ArrayList<>();
    final List<JsonObject> merges = new ArrayList<>();
    final Map<String, List<JsonObject>> threads = new TreeMap<>();
    final List<JsonObject> labels = new ArrayList<>();
    final List<JsonObject> milestones = new ArrayList<>();
    final List<JsonObject> files = new ArrayList<>();
    final List<String> branches = new ArrayList<>(List.of("main"));

    private Project(String path) {
      this.path = path;
    }

    JsonObject thing(String kind, long iid) {
      return (kind.equals("issues") ? issues : merges)
          .stream().filter(one -> one.getLong("iid") == iid).findFirst().orElse(null);
    }

    List<JsonObject> threads(String kind, long iid) {
      return threads.computeIfAbsent(kind + "/" + iid, made -> new ArrayList<>());
    }

    private JsonObject toJson() {
      var group = path.substring(0, path.lastIndexOf('/'));
      return JsonObject.of("id", path.hashCode() & 0xffff, "path_with_namespace", path)
          .put("name", path.substring(group.length() + 1))
          .put("namespace", JsonObject.of("full_path", group))
          .put("web_url", uri() + "/" + path);
    }
  }

  GitLabServer(Vertx vertx) {
    super(vertx);
    addProjects();
    addIssues();
    addNotes("issues");
    addNotes("merge_requests");
    new GitLabMergeRoutes(this).add();
  }

  void route(String method, String path, Function<Asked, Told> answer) {
    on(method, ROOT + path, answer);
  }

  void root(String method, String path, Function<Asked, Told> answer) {
    on(method, path, answer);
  }

  /** A project that only who has the token sees. */
  Project project(String path) {
    return projects.computeIfAbsent(path, Project::new);
  }

  /** An issue that somebody made there by themselves. */
  JsonObject issue(String project, String title, String author) {
    return made(project(project), JsonObject.of("title", title), author);
  }

  @Override
  protected Optional<Told> guard(Asked asked) {
    var token = asked.headers().get("PRIVATE-TOKEN");
    if (!TOKEN.equals(token) && !READ_ONLY.equals(token)) {
      return Optional.of(problem(401, "401 Unauthorized"));
    }
    if (READ_ONLY.equals(token) && !asked.method().equals("GET")) {
      return Optional.of(Told.of(
          403,
          JsonObject.of("error", "insufficient_scope")
              .put("error_description", "The request requires higher privileges")));
    }
    return Optional.empty();
  }

  @Override
  protected Told nothing() {
    return problem(404, "404 Not found");
  }

  private void addProjects() {
    route("GET", "/user", asked -> Told.of(200, user("bot")));
    route(
        "GET",
        "/users",
        asked -> list(
            asked,
            users.keySet().stream()
                .filter(name -> name.equalsIgnoreCase(asked.query().get("username")))
                .map(this::user)
                .toList()));
    route(
        "GET",
        "/projects",
        asked -> list(asked, projects.values().stream().map(Project::toJson).toList()));
    route("GET", "/projects/*/labels", asked -> in(asked, one -> list(asked, one.labels)));
    route("GET", "/projects/*/milestones", asked -> in(asked, one -> list(asked, one.milestones)));
    route(
        "GET",
        "/projects/*/repository/branches/*",
        asked -> in(
            asked,
            one -> one.branches.contains(asked.group(2))
                ? Told.of(200, JsonObject.of("name", asked.group(2)))
                : problem(404, "404 Branch Not Found")));
  }

  private void addIssues() {
    route("GET", "/projects/*/issues", asked -> in(asked, one -> list(asked, changed(asked, one))));
    route(
        "POST",
        "/projects/*/issues",
        asked -> in(asked, one -> {
          var body = asked.json();
          return body.getString("title", "").isBlank()
              ? wrong("title", "can't be blank")
              : Told.of(201, made(one, body, "bot"));
        }));
    route(
        "GET",
        "/projects/*/issues/(\\d+)",
        asked -> in(asked, one -> there(one.thing("issues", asked.number(2)))));
    route(
        "PUT",
        "/projects/*/issues/(\\d+)",
        asked -> in(asked, one -> update(one.thing("issues", asked.number(2)), asked.json())));
    route(
        "POST",
        "/projects/*/issues/(\\d+)/links",
        asked -> in(asked, one -> {
          var body = asked.json();
          var target = projects.get(body.getString("target_project_id"));
          var iid = Long.parseLong(body.getString("target_issue_iid"));
          if (target == null || target.thing("issues", iid) == null) {
            return problem(404, "404 Not found");
          }
          var link = body.put("source", asked.number(2));
          if (links.contains(link)) {
            return problem(409, "Issue(s) already assigned");
          }
          links.add(link);
          return Told.of(201, JsonObject.of("link_type", body.getString("link_type")));
        }));
  }

  private void addNotes(String kind) {
    route(
        "GET",
        "/projects/*/" + kind + "/(\\d+)/discussions",
        asked -> in(
            asked,
            one -> one.thing(kind, asked.number(2)) == null
                ? nothing()
                : list(asked, one.threads(kind, asked.number(2)))));
    route(
        "POST",
        "/projects/*/" + kind + "/(\\d+)/notes",
        asked -> in(asked, one -> {
          var thing = one.thing(kind, asked.number(2));
          if (thing == null) {
            return nothing();
          }
          var body = ordered(thing, asked.json().getString("body"));
          if (body.isBlank()) {
            return Told.of(
                202,
                JsonObject.of("commands_changes", new JsonObject())
                    .put("summary", JsonArray.of("Closed this issue.")));
          }
          var thread = thread(one, kind, asked.number(2), note(body, "bot", thing), true);
          return Told.of(201, thread.getJsonArray("notes").getJsonObject(0));
        }));
    route(
        "POST",
        "/projects/*/" + kind + "/(\\d+)/discussions/*/notes",
        asked -> in(asked, one -> reply(one, kind, asked)));
    route(
        "PUT",
        "/projects/*/" + kind + "/(\\d+)/notes/(\\d+)",
        asked -> in(asked, one -> {
          var note = one.threads(kind, asked.number(2)).stream()
              .flatMap(thread -> thread.getJsonArray("notes").stream())
              .map(JsonObject.class::cast)
              .filter(each -> each.getLong("id") == asked.number(3))
              .findFirst();
          note.ifPresent(
              each -> each.put("body", asked.json().getString("body")).put("updated_at", tick()));
          return there(note.orElse(null));
        }));
  }

  private Told reply(Project project, String kind, Asked asked) {
    var thread = project.threads(kind, asked.number(2)).stream()
        .filter(one -> one.getString("id").equals(asked.group(3)))
        .findFirst();
    if (thread.isEmpty()) {
      return nothing();
    }
    var thing = project.thing(kind, asked.number(2));
    var note = note(ordered(thing, asked.json().getString("body")), "bot", thing);
    thread.get().put("individual_note", false).getJsonArray("notes").add(note);
    return Told.of(201, note);
  }

  /** What somebody said by themselves. */
  JsonObject say(Project project, String kind, long iid, String body, String author) {
    var note = note(body, author, project.thing(kind, iid));
    thread(project, kind, iid, note, true);
    return note;
  }

  JsonObject thread(Project project, String kind, long iid, JsonObject note, boolean isIndividual) {
    var id = "d" + nextId();
    var thread =
        JsonObject.of("id", id, "individual_note", isIndividual).put("notes", JsonArray.of(note));
    project.threads(kind, iid).add(thread);
    return thread;
  }

  JsonObject note(String body, String author, JsonObject of) {
    of.put("user_notes_count", of.getInteger("user_notes_count", 0) + 1).put("updated_at", tick());
    return JsonObject.of("id", nextId(), "body", body, "system", false)
        .put("author", user(author))
        .put("created_at", time())
        .put("updated_at", time())
        .put("resolvable", false);
  }

  /** Does what lines of a text order, and leaves the rest. */
  String ordered(JsonObject thing, String text) {
    if (CLOSE.matcher(text).find()) {
      thing.put("state", text.contains("/merge") ? "merged" : "closed");
    }
    return CLOSE.matcher(text).replaceAll("");
  }

  JsonObject made(Project project, JsonObject body, String author) {
    var iid = project.issues.size() + 1;
    var issue = begun(project, "issues", iid, author).put("issue_type", "issue");
    project.issues.add(issue);
    update(issue, body);
    return issue;
  }

  JsonObject begun(Project project, String kind, int iid, String author) {
    return JsonObject.of("id", nextId(), "iid", iid, "state", "opened")
        .put("author", user(author))
        .put("labels", new JsonArray())
        .put("assignees", new JsonArray())
        .putNull("description")
        .put("web_url", uri() + "/" + project.path + "/-/" + kind + "/" + iid)
        .put("created_at", tick());
  }

  Told update(JsonObject thing, JsonObject body) {
    if (thing == null) {
      return nothing();
    }
    if (body.containsKey("title")) {
      thing.put("title", body.getString("title"));
    }
    if (body.containsKey("description")) {
      thing.put("description", ordered(thing, body.getString("description")));
    }
    if (body.containsKey("labels")) {
      var labels = new JsonArray();
      for (var label : body.getString("labels").split(",", -1)) {
        if (!label.isBlank()) {
          labels.add(label.strip());
        }
      }
      thing.put("labels", labels);
    }
    people(thing, body, "assignee_ids", "assignees");
    people(thing, body, "reviewer_ids", "reviewers");
    var event = body.getString("state_event", "");
    if (!event.isEmpty()) {
      thing.put("state", event.equals("close") ? "closed" : "opened");
    }
    thing.put("updated_at", tick());
    return Told.of(200, thing);
  }

  /** By number; 0 is nobody. A name would be no number, and is ignored as GitLab does. */
  private void people(JsonObject thing, JsonObject body, String member, String as) {
    if (!body.containsKey(member)) {
      return;
    }
    var all = new JsonArray();
    body.getJsonArray(member)
        .forEach(id -> users.forEach((name, number) -> {
          if (id instanceof Number one && one.longValue() == number) {
            all.add(user(name));
          }
        }));
    thing.put(as, all);
  }

  private List<JsonObject> changed(Asked asked, Project project) {
    var after = asked.query().get("updated_after");
    var order =
        Comparator.comparing((JsonObject one) -> Instant.parse(one.getString("updated_at")));
    return project.issues.stream()
        .filter(one -> after == null
            || !Instant.parse(one.getString("updated_at")).isBefore(Instant.parse(after)))
        .sorted("asc".equals(asked.query().get("sort")) ? order : order.reversed())
        .toList();
  }

  Told list(Asked asked, List<?> all) {
    var page = number(asked, "page", 1);
    var isLast = page * size(asked, 20) >= all.size();
    var told = Told.of(200, page(asked, all, 20))
        .with("X-Next-Page", isLast ? "" : Integer.toString(page + 1))
        .with("X-Total", Integer.toString(all.size()));
    return isLast ? told : told.with("Link", "<" + other(asked, page + 1) + ">; rel=\"next\"");
  }

  Told in(Asked asked, Function<Project, Told> answer) {
    var project = projects.get(asked.group(1));
    return project == null ? problem(404, "404 Project Not Found") : answer.apply(project);
  }

  Told there(JsonObject found) {
    return found == null ? nothing() : Told.of(200, found);
  }

  static Told problem(int status, String message) {
    return Told.of(status, JsonObject.of("message", message));
  }

  static Told wrong(String attribute, String message) {
    return Told.of(400, JsonObject.of("message", JsonObject.of(attribute, JsonArray.of(message))));
  }

  JsonObject user(String name) {
    return JsonObject.of("id", users.get(name), "username", name)
        .put("name", name.toUpperCase(Locale.ROOT));
  }

  String tick() {
    now = now.plusMillis(1500);
    return time();
  }

  String time() {
    return TIME.format(now);
  }

  long nextId() {
    return ++lastId;
  }
}
