package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.CommentRows;
import io.umbel.tools.issues.store.Cursor;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.IssueRows;
import io.umbel.tools.issues.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;

/** {@code list_comments}: the comments of an issue, page by page. */
public final class ListComments {

  private static final int USUAL = 20;

  /** A page ends early where its comments are long. */
  private static final int CHARACTERS = 300_000;

  private final Pool pool;

  public ListComments(Pool pool) {
    this.pool = pool;
  }

  public Tool tool() {
    var input = Form.page(Form.issue(Schema.object(), "issue"), USUAL);
    return Tool.named(
            "list_comments",
            "Lists the comments of an issue, the oldest first.",
            Form.scoped(input).require("issue"),
            Answering.with(this::list))
        .titled("List comments")
        .returns(Shapes.page("comments", "This page", Shapes.comment()))
        .readOnly()
        .idempotent()
        .destructive(false)
        .openWorld(false)
        .tagged("issues");
  }

  private Future<JsonObject> list(ToolCall call) {
    return new IssueRows(pool)
        .find(Form.scope(call), new Reference(call.text("issue")))
        .compose(issue -> page(issue, call));
  }

  private Future<JsonObject> page(Issue issue, ToolCall call) {
    var name = "comments " + issue.id();
    var limit = (int) call.integer("limit", USUAL);
    var page = Cursor.open(call.text("cursor"), name, limit);
    return new CommentRows(pool).page(issue, page).map(found -> {
      var shown = fitting(found, limit);
      var json = JsonObject.of("comments", new JsonArray(shown));
      return shown.size() < found.size()
          ? json.put("next_cursor", Cursor.after(place(shown.get(shown.size() - 1)), name))
          : json;
    });
  }

  private static List<JsonObject> fitting(List<JsonObject> found, int limit) {
    var count = 0;
    var characters = 0;
    while (count < Math.min(limit, found.size())) {
      characters += found.get(count).getString("body").length();
      if (count > 0 && characters > CHARACTERS) {
        break;
      }
      count++;
    }
    return found.subList(0, count);
  }

  private static List<String> place(JsonObject last) {
    return List.of(last.getString("created_at"), last.getString("id"));
  }
}
