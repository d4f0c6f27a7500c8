package io.umbel.tools.search.vectors;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Vectors of issues and comments, in a transaction of whoever asks. */
final class VectorRows {

  /** The newest first. What is out of scope is sent to nobody. */
  private static final String WANTED = """
      SELECT e.id, e.issue, e.digest, left(e.text, %1$d)
      FROM (
        SELECT i.id, i.id AS issue, i.digest, i.title || ': ' || i.description AS text, i.touched
        FROM issues i JOIN projects p ON p.account = $1 AND p.id = i.project
        WHERE i.account = $1 AND p.is_active AND p.in_scope
        UNION ALL
        SELECT c.id, c.issue, c.digest, c.body, c.touched
        FROM comments c
        JOIN issues i ON i.account = $1 AND i.id = c.issue
        JOIN projects p ON p.account = $1 AND p.id = i.project
        WHERE c.account = $1 AND p.is_active AND p.in_scope) e
      LEFT JOIN vectors v ON v.account = $1 AND v.id = e.id
      WHERE v.id IS NULL OR v.model <> $2 OR v.digest <> e.digest
      ORDER BY e.touched DESC, e.id LIMIT $3
      """.formatted(Embeddings.LONGEST);

  private static final String KEEP = """
      INSERT INTO vectors (account, id, issue, model, digest, vector)
      SELECT $1, $2, $3, $4, $5, $6::real[]
      WHERE EXISTS (SELECT 1 FROM issues WHERE account = $1 AND id = $3)
      ON CONFLICT (account, id) DO UPDATE SET issue = excluded.issue, model = excluded.model,
        digest = excluded.digest, vector = excluded.vector
      """;

  private final SqlClient transaction;
  private final String account;

  VectorRows(SqlClient transaction, String account) {
    this.transaction = transaction;
    this.account = account;
  }

  /**
   * A text that has no vector yet, or one of another text or model.
   *
   * @param id of the issue or the comment
   * @param issue the issue, or the one that the comment is of
   */
  record Lacking(UUID id, UUID issue, String digest, String text) {}

  Future<List<Lacking>> lacking(String model, int most) {
    return transaction
        .preparedQuery(WANTED)
        .execute(Tuple.of(account, model, most))
        .map(rows -> {
          var all = new ArrayList<Lacking>(rows.size());
          rows.forEach(row -> all.add(
              new Lacking(row.getUUID(0), row.getUUID(1), row.getString(2), row.getString(3))));
          return all;
        });
  }

  Future<Void> keep(String model, List<Lacking> texts, List<float[]> vectors) {
    var batch = new ArrayList<Tuple>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      var text = texts.get(i);
      batch.add(Tuple.of(account, text.id(), text.issue(), model, text.digest())
          .addArrayOfFloat(boxed(vectors.get(i))));
    }
    return transaction.preparedQuery(KEEP).executeBatch(batch).mapEmpty();
  }

  /** As the database's client takes them. */
  static Float[] boxed(float[] vector) {
    var boxed = new Float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      boxed[i] = vector[i];
    }
    return boxed;
  }
}
