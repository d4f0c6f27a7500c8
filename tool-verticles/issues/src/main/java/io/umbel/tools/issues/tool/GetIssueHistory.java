package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.HistoryRows;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.IssueRows;
import io.umbel.tools.issues.store.Reference;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** {@code get_issue_history}: who changed what of an issue, and when. */
public final class GetIssueHistory {

  private static final int USUAL = 50;
  private static final Pattern PLACE = Pattern.compile("([0-9a-f-]{36}) (\\d{1,18})");

  private final Pool pool;

  public GetIssueHistory(Pool pool) {
    this.pool = pool;
  }

  public Tool tool() {
    var input = Form.page(Form.issue(Schema.object(), "issue"), USUAL);
    return Tool.named(
            "get_issue_history",
            "Tells who changed what of an issue and when, the newest first.",
            Form.scoped(input).require("issue"),
            Answering.with(this::list))
        .titled("Get issue history")
        .returns(Shapes.page("history", "This page", Shapes.change()))
        .readOnly()
        .idempotent()
        .destructive(false)
        .openWorld(false)
        .tagged("issues");
  }

  private Future<JsonObject> list(ToolCall call) {
    var scope = Form.scope(call);
    return new IssueRows(pool)
        .find(scope, new Reference(call.text("issue")))
        .compose(issue -> page(scope, issue, call));
  }

  private Future<JsonObject> page(Scope scope, Issue issue, ToolCall call) {
    var limit = (int) call.integer("limit", USUAL);
    var before = before(issue, call.text("cursor"));
    return new HistoryRows(pool).page(scope, issue.id(), before, limit + 1).map(found -> {
      var more = found.size() > limit;
      var shown = found.subList(0, more ? limit : found.size());
      var json = new JsonObject();
      if (more) {
        json.put("next_cursor", cursor(issue, shown.get(limit - 1).getLong("id")));
      }
      shown.forEach(entry -> entry.remove("id"));
      return json.put("history", new JsonArray(shown));
    });
  }

  private static String cursor(Issue issue, long id) {
    var place = (issue.id() + " " + id).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place);
  }

  private static long before(Issue issue, String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      var place = PLACE.matcher(text);
      if (place.matches() && place.group(1).equals(issue.id().toString())) {
        return Long.parseLong(place.group(2));
      }
    } catch (IllegalArgumentException e) {
      // Not one of ours.
    }
    throw Refused.invalid("The cursor is not of this issue's history: begin without one");
  }
}
