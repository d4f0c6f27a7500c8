package io.umbel.tools.issues.tracker.jira;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Refused;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds whom an issue of a project can be given to. */
final class People {

  private static final Pattern ACCOUNT = Pattern.compile("[0-9a-zA-Z:_-]{5,128}");
  private static final int FOUND = 50;
  private static final int NAMED = 5;

  private final JiraWeb web;
  private final boolean isCloud;

  People(JiraWeb web) {
    this.web = web;
    this.isCloud = web.site().isCloud();
  }

  /** What Jira takes for that person; for none of all where the name is null. */
  Future<Object> assignee(String project, String name) {
    if (name == null) {
      return Future.succeededFuture(isCloud ? null : JsonObject.of("name", ""));
    }
    return find(project, isCloud ? "query" : "username", name)
        .compose(found -> isCloud && found.isEmpty() && ACCOUNT.matcher(name).matches()
            ? find(project, "accountId", name)
            : Future.succeededFuture(found))
        .map(found -> only(found, project, name));
  }

  private Future<List<JsonObject>> find(String project, String by, String value) {
    var path = "/user/assignable/search?project=" + Site.quoted(project) + "&" + by + "="
        + Site.quoted(value) + "&maxResults=" + FOUND;
    return web.array(path).map(JiraWeb::objects);
  }

  private JsonObject only(List<JsonObject> found, String project, String name) {
    var meant = found.stream().filter(user -> isMeant(user, name)).toList();
    if (meant.isEmpty()) {
      throw nobody(found, project, name);
    }
    if (meant.size() > 1) {
      throw Refused.ambiguous(
          "person", name, meant.stream().map(this::candidate).toList());
    }
    return JsonObject.of(id(), JiraWeb.text(meant.get(0), id()));
  }

  private boolean isMeant(JsonObject user, String name) {
    return !Boolean.FALSE.equals(user.getValue("active"))
        && JiraWeb.text(user, id()) != null
        && Stream.of(id(), "emailAddress", "displayName")
            .anyMatch(member -> name.equalsIgnoreCase(JiraWeb.text(user, member)));
  }

  private Refused nobody(List<JsonObject> found, String project, String name) {
    var names = found.stream()
        .map(user -> JiraWeb.text(user, isCloud ? "displayName" : "name"))
        .filter(Objects::nonNull)
        .limit(NAMED)
        .toList();
    var hint = names.isEmpty()
        ? "give a whole name, an e-mail address or " + (isCloud ? "an account id" : "a user name")
        : "did you mean " + String.join(" or ", names);
    var text =
        "Nobody called \"" + Refused.shown(name) + "\" can be assigned in " + project + ": " + hint;
    var details = JsonObject.of("allowed", new JsonArray(names));
    return new Refused(ErrorCode.INVALID_ARGUMENT, text, names.isEmpty() ? null : details);
  }

  private JsonObject candidate(JsonObject user) {
    return JsonObject.of("id", JiraWeb.text(user, id()))
        .put("name", JiraWeb.text(user, "displayName"));
  }

  private String id() {
    return isCloud ? "accountId" : "name";
  }
}
