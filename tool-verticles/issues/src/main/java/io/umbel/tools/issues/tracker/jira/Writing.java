package io.umbel.tools.issues.tracker.jira;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Refused;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** What issues are to be, as Jira takes it. Looks up all that it names, and changes nothing. */
final class Writing {

  private final JiraWeb web;
  private final People people;

  Writing(JiraWeb web) {
    this.web = web;
    this.people = new People(web);
  }

  /** The fields of a new issue. */
  Future<JsonObject> whole(String project, Fields wanted) {
    var fields = new JsonObject()
        .put("project", JsonObject.of("key", project))
        .put("issuetype", JsonObject.of("name", web.site().issueType()))
        .put("summary", wanted.title())
        .put("labels", labels(wanted.labels()));
    if (!wanted.description().isBlank()) {
      fields.put("description", web.site().text(wanted.description()));
    }
    return put(fields, "priority", wanted.priority() == null, () -> priority(wanted.priority()))
        .compose(done -> put(
            fields,
            "assignee",
            wanted.assignee() == null,
            () -> people.assignee(project, wanted.assignee())));
  }

  /** Those fields of an issue that are to be others. */
  Future<JsonObject> changes(String project, Set<String> changed, Fields wanted) {
    var fields = new JsonObject();
    if (changed.contains("title")) {
      fields.put("summary", wanted.title());
    }
    if (changed.contains("description")) {
      fields.put("description", web.site().text(wanted.description()));
    }
    if (changed.contains("labels")) {
      fields.put("labels", labels(wanted.labels()));
    }
    return put(fields, "priority", !changed.contains("priority"), () -> priority(wanted.priority()))
        .compose(done -> put(
            fields,
            "assignee",
            !changed.contains("assignee"),
            () -> people.assignee(project, wanted.assignee())));
  }

  private static Future<JsonObject> put(
      JsonObject fields, String name, boolean isLeftOut, Lookup lookup) {
    return isLeftOut
        ? Future.succeededFuture(fields)
        : lookup.get().map(value -> fields.put(name, value));
  }

  /** Asks Jira what it calls something. */
  private interface Lookup {
    Future<Object> get();
  }

  /** Jira's labels have no spaces, and what was asked for is not to be another one. */
  private static JsonArray labels(List<String> wanted) {
    for (var label : wanted) {
      if (label.matches("(?s).*\\s.*")) {
        throw Refused.invalid("Jira's labels have no spaces: write \""
            + Refused.shown(label.replaceAll("\\s+", "-")) + "\" in place of \""
            + Refused.shown(label) + "\"");
      }
    }
    return new JsonArray(wanted);
  }

  private Future<Object> priority(String name) {
    if (name == null) {
      return Future.succeededFuture(null);
    }
    var all = web.site().isCloud()
        ? web.object("/priority/search?maxResults=100").map(page -> page.getValue("values"))
        : web.array("/priority").map(list -> (Object) list);
    return all.map(list -> {
      var known = JiraWeb.objects(list);
      return known.stream()
          .filter(priority -> name.equalsIgnoreCase(JiraWeb.text(priority, "name")))
          .findFirst()
          .map(priority -> JsonObject.of("id", JiraWeb.text(priority, "id")))
          .orElseThrow(() -> Refused.notOneOf(
              "priority",
              name,
              known.stream().map(one -> String.valueOf(one.getValue("name"))).toList()));
    });
  }
}
