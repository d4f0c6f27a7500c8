package io.umbel.tools.search.index;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes what can be found, in a transaction of whoever asks. */
final class Entries {

  /** A vector of words is bounded by PostgreSQL, and texts are others' affair. */
  private static final int READ = 50_000;

  private static final String PUT_ISSUES = """
      INSERT INTO issues (account, id, project, key, title, description, labels, status, category,
        facts, touched, words, round)
      SELECT $1, e.id, e.project, e.key, e.title, e.description,
        ARRAY(SELECT jsonb_array_elements_text(e.labels)), e.status, e.category, e.facts,
        e.touched,
        setweight(to_tsvector('english', e.title_words), 'A')
          || setweight(to_tsvector('english', e.body_words), 'B')
          || setweight(to_tsvector('english', e.comment_words), 'C'), $3
      FROM jsonb_to_recordset($2) AS e(id uuid, project uuid, key text, title text,
        description text, labels jsonb, status text, category text, facts jsonb,
        touched timestamptz, title_words text, body_words text, comment_words text)
      ON CONFLICT (account, id) DO UPDATE SET project = excluded.project, key = excluded.key,
        title = excluded.title, description = excluded.description, labels = excluded.labels,
        status = excluded.status, category = excluded.category, facts = excluded.facts,
        touched = excluded.touched, words = excluded.words, round = excluded.round
      """;
  private static final String PUT_COMMENTS = """
      INSERT INTO comments (account, id, issue, author, body, touched, words)
      SELECT $1, e.id, e.issue, e.author, e.body, e.touched,
        setweight(to_tsvector('english', e.words), 'C')
      FROM jsonb_to_recordset($2) AS e(id uuid, issue uuid, author text, body text,
        touched timestamptz, words text)
      ON CONFLICT (account, id) DO UPDATE SET issue = excluded.issue, author = excluded.author,
        body = excluded.body, touched = excluded.touched, words = excluded.words
      """;
  private static final String DROP_COMMENTS = """
      DELETE FROM comments WHERE account = $1 AND issue = ANY ($2) AND id <> ALL ($3)
      """;
  private static final String DROP_VECTORS = """
      DELETE FROM vectors v WHERE v.account = $1 AND v.issue = ANY ($2) AND v.id <> v.issue
        AND NOT EXISTS (SELECT 1 FROM comments c WHERE c.account = $1 AND c.id = v.id)
      """;
  private static final String DROP_ISSUES =
      "DELETE FROM issues WHERE account = $1 AND id = ANY ($2)";
  private static final String SWEEP = "DELETE FROM issues WHERE account = $1 AND round < $2";

  private final SqlClient transaction;
  private final String account;

  Entries(SqlClient transaction, String account) {
    this.transaction = transaction;
    this.account = account;
  }

  /** Keeps a page of changes. */
  Future<Void> put(JsonArray items, long round) {
    var there = objects(items).stream()
        .filter(item -> !item.getBoolean("removed", false))
        .toList();
    var gone = objects(items).stream()
        .filter(item -> item.getBoolean("removed", false))
        .map(Entries::id)
        .toArray(UUID[]::new);
    var issues = new JsonArray(there.stream().map(Entries::issue).toList());
    var comments = new JsonArray(there.stream()
        .flatMap(item -> objects(item.getJsonArray("comments", new JsonArray())).stream()
            .map(comment -> comment(item, comment)))
        .toList());
    var ids = there.stream().map(Entries::id).toArray(UUID[]::new);
    var kept = objects(comments).stream().map(Entries::id).toArray(UUID[]::new);
    return execute(PUT_ISSUES, Tuple.of(account, issues, round))
        .compose(done ->
            execute(DROP_COMMENTS, Tuple.of(account).addArrayOfUUID(ids).addArrayOfUUID(kept)))
        .compose(done -> execute(PUT_COMMENTS, Tuple.of(account, comments)))
        .compose(done -> execute(DROP_VECTORS, Tuple.of(account).addArrayOfUUID(ids)))
        .compose(done -> execute(DROP_ISSUES, Tuple.of(account).addArrayOfUUID(gone)));
  }

  /** What older rounds left is gone. */
  Future<Void> sweep(long round) {
    return execute(SWEEP, Tuple.of(account, round));
  }

  private Future<Void> execute(String statement, Tuple values) {
    return transaction.preparedQuery(statement).execute(values).mapEmpty();
  }

  private static JsonObject issue(JsonObject item) {
    var title = kept(item.getString("title"));
    var description = kept(item.getString("description"));
    var labels = item.getJsonArray("labels", new JsonArray());
    var comments = objects(item.getJsonArray("comments", new JsonArray())).stream()
        .map(comment -> kept(comment.getString("body")))
        .collect(Collectors.joining("\n"));
    return JsonObject.of("id", item.getString("id"), "project", item.getString("project_row"))
        .put("key", item.getString("key"))
        .put("title", title)
        .put("description", description)
        .put("labels", labels)
        .put("status", item.getString("status"))
        .put("category", item.getString("category"))
        .put("facts", facts(item))
        .put("touched", item.getString("updated_at"))
        .put("title_words", words(title))
        .put("body_words", words(description) + "\n" + words(kept(labels(labels))))
        .put("comment_words", words(comments));
  }

  /** What is told of it beside what is asked for. */
  private static JsonObject facts(JsonObject item) {
    return JsonObject.of("url", item.getString("url"), "assignee", item.getString("assignee"))
        .put("revision", item.getString("revision"))
        .put("created_at", item.getString("created_at"))
        .put("updated_at", item.getString("updated_at"));
  }

  private static JsonObject comment(JsonObject item, JsonObject comment) {
    var body = kept(comment.getString("body"));
    return JsonObject.of("id", comment.getString("id"), "issue", item.getString("id"))
        .put("author", comment.getString("author"))
        .put("body", body)
        .put("touched", comment.getString("created_at"))
        .put("words", words(body));
  }

  private static String labels(JsonArray labels) {
    return labels.stream().map(String::valueOf).collect(Collectors.joining("\n"));
  }

  private static String kept(String text) {
    return text == null ? "" : Folded.composed(text);
  }

  private static String words(String kept) {
    return Folded.of(kept.length() > READ ? kept.substring(0, READ) : kept);
  }

  private static UUID id(JsonObject item) {
    return UUID.fromString(item.getString("id"));
  }

  private static java.util.List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }
}
