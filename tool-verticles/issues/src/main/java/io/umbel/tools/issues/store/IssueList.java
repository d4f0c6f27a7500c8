package io.umbel.tools.issues.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Issues page by page, the newest first. */
public final class IssueList {

  private static final String PAGE = """
      SELECT to_jsonb(v) - 'description' FROM known_issues v
      WHERE v.account = $1 AND ($2::text IS NULL OR v.project_id = $2) AND v.in_scope
        AND ($3::uuid IS NULL OR v.project_row = $3)
        AND ($4::text IS NULL OR lower(v.status) = $4 OR v.category = $4)
        AND v.labels @> $5::text[]
        AND ($6::text IS NULL OR lower(v.assignee) = lower($6))
        AND ($7::timestamptz IS NULL OR v.touched > $7)
        AND ($8::timestamptz IS NULL OR (v.%1$s, v.id) < ($8, $9::uuid))
      ORDER BY v.%1$s DESC, v.id DESC LIMIT $10
      """;

  private final SqlClient client;

  public IssueList(SqlClient client) {
    this.client = client;
  }

  /**
   * Which are wanted; what is null is no condition.
   *
   * @param project the row of a tracker's project
   * @param status a status, or a category
   * @param labels which all have to be there
   * @param updatedAfter not at that moment, but after it
   */
  public record Filter(
      UUID project,
      String status,
      List<String> labels,
      String assignee,
      OffsetDateTime updatedAfter) {}

  /** By what they are in order. */
  public enum Sort {
    UPDATED("touched"),
    CREATED("made");

    private final String column;

    Sort(String column) {
      this.column = column;
    }

    /** The one of that word, which is known to be one. */
    public static Sort of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** At most one more than a page has, which tells whether there is another. */
  public Future<List<Issue>> page(Scope scope, Filter filter, Sort sort, Cursor.Page page) {
    var values = Tuple.of(scope.account(), scope.project())
        .addUUID(filter.project())
        .addString(statusWord(filter.status()))
        .addArrayOfString(filter.labels().toArray(String[]::new))
        .addString(filter.assignee())
        .addOffsetDateTime(filter.updatedAfter())
        .addOffsetDateTime(page.isFirst() ? null : OffsetDateTime.parse(page.after()))
        .addUUID(page.isFirst() ? null : UUID.fromString(page.id()))
        .addInteger(page.limit() + 1);
    return client.preparedQuery(PAGE.formatted(sort.column)).execute(values).map(rows -> {
      var all = new ArrayList<Issue>(rows.size());
      rows.forEach(row -> all.add(new Issue(row.get(JsonObject.class, 0))));
      return all;
    });
  }

  /** Where the next page begins: after that issue. */
  public static List<String> place(Issue last, Sort sort) {
    return List.of(last.row().getString(sort.column), last.row().getString("id"));
  }

  private static String statusWord(String status) {
    return status == null ? null : status.strip().toLowerCase(Locale.ROOT).replaceAll("[ -]", "_");
  }
}
