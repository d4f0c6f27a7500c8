package io.umbel.tools.search.find;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Finds, in a transaction that sees one account only. The account is asked for all the same. */
final class Rows {

  /** How many of the newest are compared by meaning: each costs a product of two vectors. */
  static final int COMPARED = 2_000;

  /** Less alike than this is not alike. */
  private static final double LEAST = 0.2;

  private static final String SEEN = """
      seen AS (
        SELECT i.id, i.words, i.touched
        FROM issues i JOIN projects p ON p.account = $1 AND p.id = i.project
        WHERE i.account = $1 AND p.is_active AND p.in_scope
          AND ($2::text IS NULL OR p.project_id = $2)
          AND ($3::uuid IS NULL OR i.project = $3)
          AND ($4::text IS NULL OR lower(i.status) = $4 OR i.category = $4)
          AND i.labels @> $5::text[])
      """;
  private static final String ORDER =
      " ORDER BY similarity DESC, touched DESC, id LIMIT $%d OFFSET $%d";

  private static final String WORDS =
      "WITH asked AS (SELECT %s AS query), " + SEEN + """
      , found AS (
        SELECT false AS is_comment, s.id, s.id AS issue, ts_rank(s.words, query, 32) AS similarity,
          s.touched
        FROM seen s, asked WHERE $7 AND s.words @@ query
        UNION ALL
        SELECT true, c.id, c.issue, ts_rank(c.words, query, 32), c.touched
        FROM comments c JOIN seen s ON s.id = c.issue, asked
        WHERE $8 AND c.account = $1 AND c.words @@ query)
      SELECT is_comment, id, issue, similarity::float8, count(*) OVER () FROM found
      """ + ORDER.formatted(9, 10);
  private static final String ALL_WORDS = WORDS.formatted("websearch_to_tsquery('english', $6)");
  private static final String ANY_WORD = WORDS.formatted("any_word($6)");

  private static final String NEWEST = "WITH " + SEEN + """
      , found AS (
        SELECT false AS is_comment, s.id, s.id AS issue, 1.0::float8 AS similarity, s.touched
        FROM seen s WHERE $6
        UNION ALL
        SELECT true, c.id, c.issue, 1.0, c.touched
        FROM comments c JOIN seen s ON s.id = c.issue WHERE NOT $6 AND c.account = $1)
      SELECT is_comment, id, issue, similarity, count(*) OVER () FROM found
      """ + ORDER.formatted(7, 8);

  private static final String MEANING =
      "WITH " + SEEN + """
      , compared AS (
        SELECT v.id <> v.issue AS is_comment, v.id, v.issue, s.touched, v.vector
        FROM vectors v JOIN seen s ON s.id = v.issue
        WHERE v.account = $1 AND v.model = $6 AND cardinality(v.vector) = cardinality($7::real[])
          AND CASE WHEN v.id = v.issue THEN $8 ELSE $9 END
        ORDER BY s.touched DESC, v.id LIMIT %d),
      found AS (
        SELECT is_comment, id, issue, touched,
          (SELECT sum(a * b) FROM unnest(vector, $7::real[]) AS both_of(a, b))::float8 AS similarity
        FROM compared)
      SELECT is_comment, id, issue, similarity, count(*) OVER () FROM found
      WHERE similarity >= %s
      """.formatted(COMPARED, LEAST) + ORDER.formatted(10, 11);

  private static final String VECTORS =
      "SELECT count(*) FROM (SELECT 1 FROM vectors WHERE account = $1 AND model = $2 LIMIT $3) v";
  private static final String CAUGHT_UP = "SELECT caught_up FROM accounts WHERE account = $1";

  private final SqlClient transaction;
  private final Scope scope;

  Rows(SqlClient transaction, Scope scope) {
    this.transaction = transaction;
    this.scope = scope;
  }

  /** What has all the words, or whatever else is said of them. */
  Future<Hits> withWords(Wanted wanted) {
    return byWords(ALL_WORDS, wanted);
  }

  /** What has any of the words. */
  Future<Hits> withAnyWord(Wanted wanted) {
    return byWords(ANY_WORD, wanted);
  }

  /** Whatever is newest: comments only where nothing else is wanted. */
  Future<Hits> newest(Wanted wanted) {
    var values = filter(wanted)
        .addBoolean(wanted.hasIssues())
        .addInteger(wanted.limit())
        .addInteger(wanted.offset());
    return transaction.preparedQuery(NEWEST).execute(values).map(rows -> Hits.of(rows, "newest"));
  }

  /** What means the like, the more alike the better. */
  Future<Hits> like(Wanted wanted, String model, Float[] vector) {
    var values = filter(wanted)
        .addString(model)
        .addArrayOfFloat(vector)
        .addBoolean(wanted.hasIssues())
        .addBoolean(wanted.hasComments())
        .addInteger(wanted.limit())
        .addInteger(wanted.offset());
    return transaction
        .preparedQuery(MEANING)
        .execute(values)
        .map(rows -> Hits.of(rows, Wanted.Way.SIMILARITY.word()));
  }

  /** How many vectors of a model there are, as far as it matters. */
  Future<Integer> vectors(String model) {
    return transaction
        .preparedQuery(VECTORS)
        .execute(Tuple.of(scope.account(), model, COMPARED + 1))
        .map(rows -> rows.iterator().next().getInteger(0));
  }

  /** Whether everything that there was has been read at least once. */
  Future<Boolean> isCaughtUp() {
    return transaction
        .preparedQuery(CAUGHT_UP)
        .execute(Tuple.of(scope.account()))
        .map(rows -> rows.size() > 0 && rows.iterator().next().getBoolean(0));
  }

  private Future<Hits> byWords(String statement, Wanted wanted) {
    var values = filter(wanted)
        .addString(wanted.text())
        .addBoolean(wanted.hasIssues())
        .addBoolean(wanted.hasComments())
        .addInteger(wanted.limit())
        .addInteger(wanted.offset());
    return transaction
        .preparedQuery(statement)
        .execute(values)
        .map(rows -> Hits.of(rows, Wanted.Way.FULLTEXT.word()));
  }

  private Tuple filter(Wanted wanted) {
    var filter = wanted.filter();
    UUID project = filter.project();
    return Tuple.of(scope.account(), scope.project())
        .addUUID(project)
        .addString(filter.status())
        .addArrayOfString(filter.labels().toArray(String[]::new));
  }
}
