package io.umbel.tools.search.find;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.umbel.contract.ToolResult;
import io.umbel.storage.RowSecurity;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** {@code search}: issues and comments, by words and by meaning. */
public final class Search {

  /** What PostgreSQL calls a value that it cannot take. */
  private static final String UNUSABLE = "22.*|54.*";

  /** Connections, a stand-by, a lost race, resources, locks, shut-down or too long a statement. */
  private static final String AWAY = "(08|25|40|53|55|57).*";

  private final RowSecurity rows;
  private final Searching searching;
  private final int mostBytes;

  /**
   * Over that index.
   *
   * @param questions what questions mean; null where there is no model
   * @param mostBytes how large an answer may be
   */
  public Search(RowSecurity rows, Questions questions, int mostBytes) {
    this.rows = rows;
    this.searching = new Searching(questions);
    this.mostBytes = mostBytes;
  }

  public Tool tool() {
    var description = "Finds issues and comments by words (quotes, or, - for words that must not be"
        + " there) and, where a model is configured, by meaning; the best first, each with the"
        + " piece of text that fits. An empty query lists the newest. get_issue reads one whole.";
    return Tool.named("search", description, Shapes.input(), this::search)
        .titled("Search issues")
        .returns(Shapes.output())
        .readOnly()
        .idempotent()
        .destructive(false)
        .openWorld(false)
        .tagged("search");
  }

  private Future<ToolResult> search(ToolCall call) {
    return Future.succeededFuture(call)
        .map(asked -> Scope.of(asked.caller(), asked.text("project_id")))
        .compose(scope -> prepared(call, scope)
            .compose(wanted -> searching
                .meaning(wanted)
                .compose(meaning -> rows.within(
                    scope.account(),
                    transaction -> found(call, transaction, scope, wanted, meaning)))))
        .map(ToolResult::of)
        .recover(Search::refused);
  }

  /** Nothing is asked of a model before it is known that there is something to look in. */
  private Future<Wanted> prepared(ToolCall call, Scope scope) {
    return rows.within(
            scope.account(), transaction -> Projects.find(transaction, scope, call.text("project")))
        .map(project -> Wanted.of(call, project));
  }

  private Future<JsonObject> found(
      ToolCall call, SqlConnection transaction, Scope scope, Wanted wanted, Float[] meaning) {
    var there = new Rows(transaction, scope);
    return there
        .isCaughtUp()
        .compose(whole -> searching
            .find(there, wanted, meaning)
            .map(hits -> whole ? hits : hits.but("index_incomplete")))
        .compose(hits -> new Telling(transaction, scope)
            .of(wanted, hits.page())
            .map(results -> told(call, wanted, hits, results)));
  }

  private JsonObject told(ToolCall call, Wanted wanted, Hits hits, JsonArray results) {
    var answer = JsonObject.of("results", new JsonArray(), "total", hits.total())
        .put("search_type_used", hits.used())
        .put("degraded", new JsonArray(hits.degraded()));
    var fitting = Cap.fit(results, mostBytes - Cap.bytes(answer));
    var told = wanted.offset() + fitting.size();
    answer.put("results", fitting);
    var omitted = results.size() - fitting.size();
    if (omitted > 0) {
      answer.put("truncated", true).put("results_omitted", omitted);
    }
    var next = fitting.isEmpty() ? null : Place.after(call, told, hits.total());
    return next == null ? answer : answer.put("next_cursor", next);
  }

  private static Future<ToolResult> refused(Throwable why) {
    if (why instanceof ToolFailure) {
      return Future.failedFuture(why);
    }
    var state = why instanceof PgException database ? String.valueOf(database.getSqlState()) : "";
    if (state.matches(UNUSABLE)) {
      return failure(
          ErrorCode.INVALID_ARGUMENT,
          "This cannot be searched for: leave out control characters, or take fewer words");
    }
    var isAway = why instanceof IOException
        || why instanceof VertxException
        || why instanceof TimeoutException
        || state.matches(AWAY);
    return isAway
        ? failure(ErrorCode.UPSTREAM_ERROR, "The database does not answer: try again shortly")
        : Future.failedFuture(why);
  }

  private static Future<ToolResult> failure(ErrorCode code, String message) {
    return Future.succeededFuture(ToolResult.failure(code, message));
  }
}
