package io.umbel.tools.issues.tracker.jira;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The comments of issues. An issue comes with some of them; the others are asked for. */
final class Comments {

  private static final int PAGE = 100;
  private static final int MOST = 1_000;

  private final JiraWeb web;

  Comments(JiraWeb web) {
    this.web = web;
  }

  /** All of an issue that was read, at most a thousand. */
  Future<List<JsonObject>> of(JsonObject issue) {
    var field = JiraWeb.object(JiraWeb.object(issue, "fields"), "comment");
    if (field == null) {
      return Future.succeededFuture(List.of());
    }
    var first = JiraWeb.objects(field.getValue("comments"));
    return total(field) <= first.size()
        ? Future.succeededFuture(first)
        : more(path(JiraWeb.text(issue, "id")), new ArrayList<>());
  }

  static String path(String issue) {
    return "/issue/" + Site.quoted(String.valueOf(issue)) + "/comment";
  }

  private Future<List<JsonObject>> more(String path, List<JsonObject> read) {
    var asked = path + "?startAt=" + read.size() + "&maxResults=" + PAGE + "&orderBy=created";
    return web.object(asked).compose(page -> {
      var found = JiraWeb.objects(page.getValue("comments"));
      read.addAll(found);
      var isAll = found.isEmpty() || read.size() >= total(page) || read.size() >= MOST;
      return isAll ? Future.succeededFuture(read) : more(path, read);
    });
  }

  static int total(JsonObject page) {
    return page.getValue("total") instanceof Number total ? total.intValue() : 0;
  }
}
