package io.umbel.tools.issues.tracker.jira;

import io.umbel.tools.issues.tracker.PlayedApi.Asked;
import io.umbel.tools.issues.tracker.PlayedApi.Told;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The comments of a played Jira. */
final class JiraTalk {

  private final JiraServer server;
  private int lastId = 20_000;

  JiraTalk(JiraServer server) {
    this.server = server;
  }

  void routes() {
    server.route("GET", "/issue/*/comment", asked -> server.existing(asked, i -> page(asked, i)));
    server.route("POST", "/issue/*/comment", asked -> server.existing(asked, i -> add(asked, i)));
    server.route(
        "PUT", "/issue/*/comment/*", asked -> server.existing(asked, i -> change(asked, i)));
  }

  /** What somebody said. */
  JsonObject say(JsonObject issue, JsonObject person, Object body) {
    server.touch(issue);
    var comment = JsonObject.of("id", String.valueOf(++lastId), "body", body)
        .put("author", server.seen(person))
        .put("created", server.time())
        .put("updated", server.time());
    all(issue).add(comment);
    return comment;
  }

  private Told page(Asked asked, JsonObject issue) {
    var all = all(issue);
    var start = Integer.parseInt(asked.query().get("startAt"));
    var size = Integer.parseInt(asked.query().get("maxResults"));
    var some = new JsonArray(all.stream().skip(start).limit(Math.min(size, 50)).toList());
    return Told.of(
        200,
        JsonObject.of("comments", some, "startAt", start, "total", all.size())
            .put("maxResults", some.size()));
  }

  private Told add(Asked asked, JsonObject issue) {
    var body = asked.json().getValue("body");
    var wrong = body == null ? "Comment body can not be empty!" : server.wrongText(body);
    return wrong == null
        ? Told.of(201, say(issue, JiraServer.BOT, body))
        : JiraServer.wrong(JsonObject.of("comment", wrong));
  }

  private Told change(Asked asked, JsonObject issue) {
    for (var each : all(issue)) {
      if (each instanceof JsonObject comment && asked.group(2).equals(comment.getString("id"))) {
        server.touch(issue);
        comment.put("body", asked.json().getValue("body")).put("updated", server.time());
        return Told.of(200, comment);
      }
    }
    return JiraServer.no(404, "Can not find a comment for the id: " + asked.group(2) + ".");
  }

  private static JsonArray all(JsonObject issue) {
    return issue.getJsonObject("fields").getJsonObject("comment").getJsonArray("comments");
  }
}
