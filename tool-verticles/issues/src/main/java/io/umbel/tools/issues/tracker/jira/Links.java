package io.umbel.tools.issues.tracker.jira;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Relation;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Links between issues. Of the two that Jira is told, the one that it calls inward is the one of
 * which the outward words are said: the one that blocks.
 */
final class Links {

  private static final Map<Relation, String> OUTWARD = Map.of(
      Relation.BLOCKS, "blocks",
      Relation.IS_BLOCKED_BY, "blocks",
      Relation.RELATES_TO, "relates to",
      Relation.DUPLICATES, "duplicates");

  private final JiraWeb web;

  Links(JiraWeb web) {
    this.web = web;
  }

  Future<Void> link(Issue issue, Issue related, Relation relation) {
    if (!Objects.equals(
        issue.row().getString("tracker_id"), related.row().getString("tracker_id"))) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "Jira links only issues of its own: " + related.key() + " is in another tracker",
          null);
    }
    var isTurned = relation == Relation.IS_BLOCKED_BY;
    return web.object("/issueLinkType")
        .map(types -> type(JiraWeb.objects(types.getValue("issueLinkTypes")), relation))
        .map(type -> JsonObject.of("type", JsonObject.of("name", type))
            .put("inwardIssue", end(isTurned ? related : issue))
            .put("outwardIssue", end(isTurned ? issue : related)))
        .compose(body -> web.write(HttpMethod.POST, "/issueLink", body))
        .mapEmpty();
  }

  private static JsonObject end(Issue issue) {
    return JsonObject.of("key", issue.key());
  }

  private static String type(List<JsonObject> types, Relation relation) {
    return types.stream()
        .filter(type -> OUTWARD.get(relation).equalsIgnoreCase(JiraWeb.text(type, "outward")))
        .map(type -> JiraWeb.text(type, "name"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> new Refused(
            ErrorCode.NOT_SUPPORTED,
            "This Jira has no links of which it says \"" + OUTWARD.get(relation)
                + "\": whoever administers it can add them",
            null));
  }
}
