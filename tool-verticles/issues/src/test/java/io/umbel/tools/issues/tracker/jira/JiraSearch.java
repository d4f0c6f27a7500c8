package io.umbel.tools.issues.tracker.jira;

import io.umbel.tools.issues.tracker.PlayedApi.Asked;
import io.umbel.tools.issues.tracker.PlayedApi.Told;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** What a played Jira finds by JQL, and its projects. */
final class JiraSearch {

  private static final Pattern JQL = Pattern.compile(
      "project = \"([^\"]*)\"( AND updated >= \"([^\"]*)\")? ORDER BY updated ASC, key ASC");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");
  private static final int WINDOW = 10_000;
  private static final int COMMENTS = 20;

  private final JiraServer server;

  JiraSearch(JiraServer server) {
    this.server = server;
  }

  void routes() {
    if (server.isCloud) {
      server.route("POST", "/search/jql", asked -> found(asked, this::byToken));
      server.route(
          "POST",
          "/search",
          asked -> JiraServer.no(
              410,
              "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API."));
      server.route("GET", "/project/search", this::projectPage);
    } else {
      server.route("POST", "/search", asked -> found(asked, this::byCount));
      server.route("GET", "/project", asked -> Told.of(200, projects()));
    }
  }

  private interface Paging {
    Told page(JsonObject body, List<JsonObject> all);
  }

  private Told found(Asked asked, Paging paging) {
    var body = asked.json();
    var jql = JQL.matcher(body.getString("jql", ""));
    if (!jql.matches()) {
      return JiraServer.no(400, "Error in the JQL Query: " + body.getString("jql"));
    }
    var project = jql.group(1);
    if (!server.projects.containsKey(project)) {
      return JiraServer.no(
          400, "The value '" + project + "' does not exist for the field 'project'.");
    }
    var from = jql.group(3) == null ? Instant.MIN : instant(jql.group(3));
    var all = server.issues.values().stream()
        .filter(issue -> issue.getString("key").startsWith(project + "-"))
        .filter(issue -> !updated(issue).isBefore(from))
        .sorted(Comparator.comparing(JiraSearch::updated).thenComparing(JiraSearch::number))
        .toList();
    return paging.page(body, all);
  }

  /** Times are those of whoever asks, to the minute. */
  private Instant instant(String jql) {
    var zone = server.zone == null ? ZoneId.of("America/Los_Angeles") : server.zone;
    return LocalDateTime.parse(jql, TIME).atZone(zone).toInstant();
  }

  private Told byToken(JsonObject body, List<JsonObject> all) {
    var token = body.getString("nextPageToken");
    var after = token == null
        ? Instant.MIN
        : Instant.parse(new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8));
    var rest = all.stream().filter(issue -> updated(issue).isAfter(after)).toList();
    var page = rest.stream().limit(Math.min(body.getInteger("maxResults"), 100)).toList();
    var answer = JsonObject.of("issues", shown(body, page, COMMENTS));
    if (page.size() == rest.size()) {
      return Told.of(200, answer.put("isLast", true));
    }
    var last = updated(page.get(page.size() - 1)).toString();
    return Told.of(
        200,
        answer
            .put("isLast", false)
            .put(
                "nextPageToken",
                Base64.getEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8))));
  }

  private Told byCount(JsonObject body, List<JsonObject> all) {
    var start = body.getInteger("startAt", 0);
    var size = Math.min(body.getInteger("maxResults", 50), 1_000);
    if (start + size > WINDOW) {
      return JiraServer.no(400, "Search limit exceeded.");
    }
    var page = all.stream().skip(start).limit(size).toList();
    return Told.of(
        200,
        JsonObject.of("startAt", start, "maxResults", size, "total", all.size())
            .put("issues", shown(body, page, Integer.MAX_VALUE)));
  }

  private static JsonArray shown(JsonObject body, List<JsonObject> page, int comments) {
    var fields = body.getJsonArray("fields").stream().map(String::valueOf).toList();
    return new JsonArray(
        page.stream().map(issue -> JiraServer.shown(issue, fields, comments)).toList());
  }

  private Told projectPage(Asked asked) {
    var all = projects();
    var start = Integer.parseInt(asked.query().get("startAt"));
    var some = new JsonArray(all.stream().skip(start).limit(1).toList());
    return Told.of(
        200,
        JsonObject.of("values", some, "startAt", start, "total", all.size())
            .put("isLast", start + some.size() >= all.size()));
  }

  private JsonArray projects() {
    var all = new JsonArray();
    server.projects.forEach((key, name) -> {
      var project = JsonObject.of("key", key, "name", name);
      all.add(
          key.equals("API")
              ? project.put("projectCategory", JsonObject.of("name", "Inside"))
              : project);
    });
    return all;
  }

  private static Instant updated(JsonObject issue) {
    return Instant.parse(issue.getString("updated_at"));
  }

  private static int number(JsonObject issue) {
    return Integer.parseInt(issue.getString("key").replaceFirst(".*-", ""));
  }
}
