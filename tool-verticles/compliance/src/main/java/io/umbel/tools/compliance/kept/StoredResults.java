package io.umbel.tools.compliance.kept;

import io.umbel.contract.Node;
import io.umbel.storage.Database;
import io.umbel.storage.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In PostgreSQL, for all nodes: one row for each issue and standard, for 90 days after the issue
 * was last judged.
 */
public final class StoredResults implements Results {

  private static final Logger LOG = LoggerFactory.getLogger(StoredResults.class);
  /** Where this family's tables are. */
  public static final String SCHEMA = "compliance";

  private static final String FIND = """
      SELECT issue_id, content_hash, result::text, created_at, updated_at
      FROM results
      WHERE account = $1 AND issue_id = ANY ($5) AND metric = $2 AND method = $3 AND rubric = $4
      """;

  private static final String OF_ISSUE = """
      SELECT metric, method, rubric, content_hash, result::text, created_at, updated_at
      FROM results
      WHERE account = $1 AND issue_id = $2 AND content_hash = $3
      """;

  private static final String KEEP = """
      INSERT INTO results
        (account, metric, method, rubric, issue_id, content_hash, result, created_at, updated_at)
      SELECT $1, $2, $3, $4, one.*
      FROM unnest($5::text[], $6::text[], $7::json[], $8::timestamptz[], $9::timestamptz[]) AS one
      ON CONFLICT (account, issue_id, metric, method, rubric) DO UPDATE
      SET content_hash = excluded.content_hash, result = excluded.result,
        updated_at = excluded.updated_at
      """;

  private static final String FORGET = "DELETE FROM results WHERE updated_at < $1";

  private static final long DAY_MILLIS = 24 * 60 * 60 * 1000;
  private static final Duration KEPT = Duration.ofDays(90);

  private final Pool pool;

  private StoredResults(Pool pool) {
    this.pool = pool;
  }

  /** Where this node keeps results: its database, or where it has none its memory. */
  public static Future<Results> open(Vertx vertx) {
    return DatabaseUrl.find(vertx).isEmpty()
        ? Future.succeededFuture(new RememberedResults())
        : Database.open(vertx, SCHEMA).map(database -> kept(vertx, database.pool()));
  }

  private static StoredResults kept(Vertx vertx, Pool pool) {
    var results = new StoredResults(pool);
    var clock = Node.of(vertx).clock();
    vertx.setPeriodic(
        DAY_MILLIS,
        day -> results
            .forgetBefore(clock.instant().minus(KEPT))
            .onFailure(failure -> LOG.warn("Old results stay: {}", failure.getMessage())));
    return results;
  }

  @Override
  public Future<Map<String, Judged>> find(Standard standard, Collection<String> issues) {
    var key = key(standard).addArrayOfString(issues.toArray(String[]::new));
    return pool.preparedQuery(FIND).execute(key).map(rows -> {
      var found = new HashMap<String, Judged>();
      rows.forEach(row -> found.put(row.getString("issue_id"), judged(row)));
      return found;
    });
  }

  @Override
  public Future<List<Kept>> of(String account, String issue, String contentHash) {
    return pool.preparedQuery(OF_ISSUE)
        .execute(Tuple.of(account, issue, contentHash))
        .map(rows -> rows.stream()
            .map(row -> new Kept(
                new Standard(
                    account,
                    row.getString("metric"),
                    row.getString("method"),
                    row.getString("rubric")),
                judged(row)))
            .toList());
  }

  @Override
  public Future<Void> keep(Standard standard, Map<String, Judged> judged) {
    if (judged.isEmpty()) {
      return Future.succeededFuture();
    }
    var all = judged.values();
    var values = key(standard)
        .addArrayOfString(judged.keySet().toArray(String[]::new))
        .addArrayOfString(all.stream().map(Judged::contentHash).toArray(String[]::new))
        .addArrayOfJsonObject(all.stream().map(Judged::result).toArray(JsonObject[]::new))
        .addArrayOfOffsetDateTime(
            all.stream().map(one -> utc(one.createdAt())).toArray(OffsetDateTime[]::new))
        .addArrayOfOffsetDateTime(
            all.stream().map(one -> utc(one.updatedAt())).toArray(OffsetDateTime[]::new));
    return pool.preparedQuery(KEEP).execute(values).mapEmpty();
  }

  /** Forgets what was judged before that moment and not since. */
  Future<Void> forgetBefore(Instant moment) {
    return pool.preparedQuery(FORGET).execute(Tuple.of(utc(moment))).mapEmpty();
  }

  private static Tuple key(Standard standard) {
    return Tuple.of(standard.account(), standard.metric(), standard.method(), standard.rubric());
  }

  private static Judged judged(Row row) {
    return new Judged(
        row.getString("content_hash"),
        new JsonObject(row.getString("result")),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
