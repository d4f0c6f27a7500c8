package io.umbel.tools.issues.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Comments of issues. Whoever asks has found the issue, within a scope, before. */
public final class CommentRows {

  private static final String TOLD = """
      json_build_object('id', c.id, 'author', c.author, 'body', c.body,
        'in_reply_to', c.in_reply_to, 'url', c.url,
        'created_at', to_char(c.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'updated_at', to_char(c.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
      """;
  private static final String PAGE = "SELECT " + TOLD + """
      FROM comments c WHERE c.account = $1 AND c.issue = $2
        AND ($3::timestamptz IS NULL OR (c.created_at, c.id) > ($3, $4::uuid))
      ORDER BY c.created_at, c.id LIMIT $5
      """;
  private static final String EXTERNAL =
      "SELECT external_id FROM comments WHERE account = $1 AND issue = $2 AND id = $3";
  private static final String NAMED = """
      SELECT id, external_id FROM comments
      WHERE account = $1 AND issue = $2 AND (id::text = $3 OR external_id = $3)
      ORDER BY id::text = $3 DESC LIMIT 1
      """;
  private static final String NEWEST = """
      SELECT author = $3 AND body = $4 FROM comments WHERE account = $1 AND issue = $2
      ORDER BY created_at DESC, id DESC LIMIT 1
      """;
  private static final String REWRITE = """
      UPDATE comments SET body = $4, updated_at = clock_timestamp()
      WHERE account = $1 AND issue = $2 AND id = $3
      """;
  private static final String ADD = """
      INSERT INTO comments (account, id, issue, external_id, author, body, in_reply_to, url)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;
  private static final String TOUCH = """
      UPDATE issues SET changed = pg_current_xact_id(), updated_at = clock_timestamp()
      WHERE account = $1 AND id = $2
      """;

  private final SqlClient client;

  public CommentRows(SqlClient client) {
    this.client = client;
  }

  /**
   * A comment that is to be kept.
   *
   * @param id ours
   * @param externalId what the tracker calls it
   * @param inReplyTo the comment that it answers, or null
   */
  public record Comment(
      UUID id, String externalId, String author, String body, UUID inReplyTo, String url) {}

  /** The oldest first, at most one more than a page has. */
  public Future<List<JsonObject>> page(Issue issue, Cursor.Page page) {
    var values = Tuple.of(issue.account(), issue.id())
        .addOffsetDateTime(page.isFirst() ? null : OffsetDateTime.parse(page.after()))
        .addUUID(page.isFirst() ? null : UUID.fromString(page.id()))
        .addInteger(page.limit() + 1);
    return client.preparedQuery(PAGE).execute(values).map(rows -> {
      var all = new ArrayList<JsonObject>(rows.size());
      rows.forEach(row -> all.add(row.getJsonObject(0)));
      return all;
    });
  }

  /** What the tracker calls that comment of the issue; nothing where it has none such. */
  public Future<Optional<String>> externalId(Issue issue, UUID comment) {
    return client
        .preparedQuery(EXTERNAL)
        .execute(Tuple.of(issue.account(), issue.id(), comment))
        .map(rows -> rows.size() == 0
            ? Optional.empty()
            : Optional.of(rows.iterator().next().getString(0)));
  }

  /** A comment by our name and by the tracker's. */
  public record Named(UUID id, String externalId) {}

  /** The comment of the issue that either calls so. */
  public Future<Optional<Named>> named(Issue issue, String name) {
    return client
        .preparedQuery(NAMED)
        .execute(Tuple.of(issue.account(), issue.id(), name))
        .map(rows -> rows.size() == 0
            ? Optional.empty()
            : Optional.of(new Named(
                rows.iterator().next().getUUID(0), rows.iterator().next().getString(1))));
  }

  /** Whether what was said last of the issue is that, to the letter, and of that author. */
  public Future<Boolean> isNewest(Issue issue, String author, String body) {
    return client
        .preparedQuery(NEWEST)
        .execute(Tuple.of(issue.account(), issue.id(), author, body))
        .map(rows -> rows.size() > 0 && rows.iterator().next().getBoolean(0));
  }

  /** Gives it another text, and says that its issue changed. */
  public Future<Void> rewrite(Issue issue, UUID comment, String body) {
    return client
        .preparedQuery(REWRITE)
        .execute(Tuple.of(issue.account(), issue.id(), comment, body))
        .compose(done -> client.preparedQuery(TOUCH).execute(Tuple.of(issue.account(), issue.id())))
        .mapEmpty();
  }

  /** Keeps it, and says that its issue changed. */
  public Future<Void> add(Issue issue, Comment comment) {
    var values = Tuple.of(issue.account(), comment.id(), issue.id(), comment.externalId())
        .addString(comment.author())
        .addString(comment.body())
        .addUUID(comment.inReplyTo())
        .addString(comment.url());
    return client
        .preparedQuery(ADD)
        .execute(values)
        .compose(
            added -> client.preparedQuery(TOUCH).execute(Tuple.of(issue.account(), issue.id())))
        .mapEmpty();
  }
}
