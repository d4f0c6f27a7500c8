package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.tools.issues.store.Cursor;
import io.umbel.tools.issues.store.IssueList;
import io.umbel.tools.issues.store.IssueList.Filter;
import io.umbel.tools.issues.store.IssueList.Sort;
import io.umbel.tools.issues.store.ProjectRows;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** {@code list_issues}: issues page by page, without their text. */
public final class ListIssues {

  private static final int USUAL = 20;

  private final Pool pool;

  public ListIssues(Pool pool) {
    this.pool = pool;
  }

  public Tool tool() {
    var description = "Lists issues, the newest first, by project, status, labels, assignee and"
        + " time. Descriptions are not in it: get_issue has them.";
    return Tool.named("list_issues", description, input(), Answering.with(this::list))
        .titled("List issues")
        .returns(Shapes.page("issues", "This page", Shapes.line().toJson()))
        .readOnly()
        .idempotent()
        .destructive(false)
        .openWorld(false)
        .tagged("issues");
  }

  private static Schema input() {
    var input = Form.project(Schema.object())
        .text("status", "A status, or a category: todo, in_progress or done")
        .with("maxLength", 100);
    Form.labels(input, "Only those that have all of these")
        .text("assignee", "Only those of this person")
        .with("maxLength", 255)
        .text("updated_after", "Only those that changed after this moment (RFC 3339)")
        .with("format", "date-time")
        .choice("sort", "By what they are in order, the newest first", "updated", "created")
        .with("default", "updated");
    return Form.scoped(Form.page(input, USUAL));
  }

  private Future<JsonObject> list(ToolCall call) {
    var scope = Form.scope(call);
    var asked = call.arguments();
    asked.remove("cursor");
    asked.remove("limit");
    var name = "issues " + scope + asked.encode();
    var limit = (int) call.integer("limit", USUAL);
    var page = Cursor.open(call.text("cursor"), name, limit);
    var sort = Sort.of(call.text("sort", "updated"));
    return project(scope, call.text("project"))
        .compose(project -> new IssueList(pool).page(scope, filter(call, project), sort, page))
        .map(found -> {
          var shown = found.subList(0, Math.min(limit, found.size()));
          var lines = new JsonArray();
          shown.forEach(issue -> lines.add(issue.toLine()));
          var json = JsonObject.of("issues", lines);
          return found.size() > limit
              ? json.put(
                  "next_cursor", Cursor.after(IssueList.place(shown.get(limit - 1), sort), name))
              : json;
        });
  }

  private Future<UUID> project(Scope scope, String text) {
    return text == null
        ? Future.succeededFuture()
        : new ProjectRows(pool).find(scope, text).map(project -> project.id());
  }

  private static Filter filter(ToolCall call, UUID project) {
    return new Filter(
        project,
        call.text("status"),
        call.texts("labels"),
        call.text("assignee"),
        moment(call.text("updated_after")));
  }

  private static OffsetDateTime moment(String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw Refused.invalid("updated_after has to be a moment such as 2026-01-31T12:00:00Z");
    }
  }
}
