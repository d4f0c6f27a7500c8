package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.CommentRows;
import io.umbel.tools.issues.store.Cursor;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.IssueRows;
import io.umbel.tools.issues.store.LinkRows;
import io.umbel.tools.issues.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;

/** {@code get_issue}: one issue, with what is asked for of what belongs to it. */
public final class GetIssue {

  private static final int COMMENTS = 50;
  private static final int COMMENT_CHARACTERS = 200_000;

  private final Pool pool;
  private final Quality quality;

  /**
   * One that reads from there.
   *
   * @param quality where it is known how well issues are written
   */
  public GetIssue(Pool pool, Quality quality) {
    this.pool = pool;
    this.quality = quality;
  }

  public Tool tool() {
    var description = "Reads one issue by its key, URL or id: title, description, status, labels,"
        + " links; with include its comments too, and what estimate_compliance found of its text as it"
        + " is now. Its revision is what update_issue takes as"
        + " expected_revision.";
    return Tool.named("get_issue", description, input(), Answering.with(this::read))
        .titled("Get issue")
        .returns(Shapes.issue())
        .readOnly()
        .idempotent()
        .destructive(false)
        .openWorld(true)
        .tagged("issues");
  }

  private static Schema input() {
    var words = List.of("comments", "revision", "compliance");
    var included = new JsonObject().put("type", "string").put("enum", new JsonArray(words));
    return Form.scoped(Form.issue(Schema.object(), "issue")
            .list("include", "What to tell beside the issue itself", included))
        .require("issue");
  }

  private Future<JsonObject> read(ToolCall call) {
    var scope = Form.scope(call);
    var included = call.texts("include");
    return new IssueRows(pool)
        .find(scope, new Reference(call.text("issue")))
        .compose(issue -> new LinkRows(pool)
            .of(scope, issue)
            .map(links -> issue.toJson().put("links", new JsonArray(links)))
            .compose(json -> included.contains("comments")
                ? withComments(issue, json)
                : Future.succeededFuture(json)))
        .compose(json -> included.contains("compliance")
            ? quality.added(call, json)
            : Future.succeededFuture(json));
  }

  private Future<JsonObject> withComments(Issue issue, JsonObject json) {
    var page = new Cursor.Page(null, null, COMMENTS);
    return new CommentRows(pool).page(issue, page).map(all -> {
      var told = new JsonArray();
      var characters = 0;
      for (var comment : all.subList(0, Math.min(COMMENTS, all.size()))) {
        characters += comment.getString("body").length();
        if (characters > COMMENT_CHARACTERS) {
          break;
        }
        told.add(comment);
      }
      var omitted = all.size() - told.size();
      return omitted == 0
          ? json.put("comments", told)
          : json.put("comments", told).put("comments_omitted", omitted);
    });
  }
}
