package io.umbel.tools.search.find;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Tells what was found, in the transaction in which it was. */
final class Telling {

  private static final int TEXT = 50_000;

  private static final String STEMS =
      "SELECT lexeme FROM unnest(to_tsvector('english', $1)) ORDER BY length(lexeme) DESC, lexeme";
  private static final String FACTS = """
      SELECT i.facts || jsonb_build_object('id', i.id, 'key', i.key, 'title', i.title,
          'status', i.status, 'status_category', i.category, 'labels', i.labels,
          'organization', p.organization, 'project', p.name, 'project_id', p.project_id,
          'project_identifier', p.identifier),
        left(i.description, %d),
        CASE WHEN h.is_comment THEN jsonb_build_object('id', c.id, 'author', c.author,
          'created_at', to_char(c.touched AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) END,
        CASE WHEN h.is_comment THEN c.body ELSE
          (SELECT m.body FROM comments m WHERE m.account = $1 AND m.issue = i.id
             AND m.words @@ any_word($5) ORDER BY ts_rank(m.words, any_word($5)) DESC, m.id LIMIT 1)
        END
      FROM unnest($2::uuid[], $3::uuid[], $4::boolean[])
        WITH ORDINALITY AS h(id, issue, is_comment, place)
      JOIN issues i ON i.account = $1 AND i.id = h.issue
      JOIN projects p ON p.account = $1 AND p.id = i.project
      LEFT JOIN comments c ON h.is_comment AND c.account = $1 AND c.id = h.id
      ORDER BY h.place
      """.formatted(TEXT);

  private final SqlClient transaction;
  private final Scope scope;

  Telling(SqlClient transaction, Scope scope) {
    this.transaction = transaction;
    this.scope = scope;
  }

  /** One object for each hit, in their order. */
  Future<JsonArray> of(Wanted wanted, List<Hit> hits) {
    return transaction
        .preparedQuery(STEMS)
        .execute(Tuple.of(wanted.text()))
        .map(rows -> {
          var stems = new ArrayList<String>();
          rows.forEach(row -> stems.add(row.getString(0)));
          return new Snippet(new Stems(stems));
        })
        .compose(snippet -> rows(wanted, hits).map(rows -> {
          var results = new JsonArray();
          for (int i = 0; i < rows.size(); i++) {
            results.add(result(hits.get(i), rows.get(i), snippet));
          }
          return results;
        }));
  }

  private Future<List<Row>> rows(Wanted wanted, List<Hit> hits) {
    var values = Tuple.of(
        scope.account(),
        hits.stream().map(Hit::id).toArray(UUID[]::new),
        hits.stream().map(Hit::issue).toArray(UUID[]::new),
        hits.stream().map(Hit::isComment).toArray(Boolean[]::new),
        wanted.text());
    return transaction.preparedQuery(FACTS).execute(values).map(rows -> {
      var all = new ArrayList<Row>(rows.size());
      rows.forEach(all::add);
      return all;
    });
  }

  private static JsonObject result(Hit hit, Row row, Snippet snippet) {
    var issue = row.getJsonObject(0);
    var similarity = Math.round(hit.similarity() * 10_000) / 10_000.0;
    var result = JsonObject.of("id", (hit.isComment() ? "comment:" : "issue:") + hit.id())
        .put("item_type", hit.isComment() ? "comment" : "issue");
    return hit.isComment()
        ? result
            .put("item", comment(issue, row.getJsonObject(2)))
            .put("similarity", similarity)
            .put("snippet", snippet.of(List.of(row.getString(3))))
        : result
            .put("item", issue)
            .put("similarity", similarity)
            .put("snippet", snippet.of(texts(issue, row)));
  }

  /** Where the words may be: what is known of it anyhow, its title, comes last. */
  private static List<String> texts(JsonObject issue, Row row) {
    var comment = row.getString(3);
    var labels = String.join(
        ", ", issue.getJsonArray("labels").stream().map(String::valueOf).toList());
    return Arrays.asList(
        row.getString(1), comment == null ? "" : comment, labels, issue.getString("title"));
  }

  private static JsonObject comment(JsonObject issue, JsonObject comment) {
    return comment
        .put("issue_id", issue.getString("id"))
        .put("issue_key", issue.getString("key"))
        .put("issue_title", issue.getString("title"))
        .put("project_id", issue.getString("project_id"))
        .put("project_identifier", issue.getString("project_identifier"))
        .put("url", issue.getString("url"));
  }
}
