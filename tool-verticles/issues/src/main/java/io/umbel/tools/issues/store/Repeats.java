package io.umbel.tools.issues.store;

import io.umbel.contract.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/**
 * Answers of writes, for 24 hours, by the key that their caller gave them. Part of the transaction
 * that writes: there is an answer when, and only when, there is what it tells of, whichever node
 * dies in between. Who comes with the same key while the first one writes waits for it.
 */
public final class Repeats {

  private static final String FORGET = """
      DELETE FROM repeats WHERE account = $1 AND ctid IN (
        SELECT ctid FROM repeats WHERE account = $1 AND made_at < now() - interval '24 hours'
        LIMIT 100 FOR UPDATE SKIP LOCKED)
      """;
  private static final String FORGET_THIS = """
      DELETE FROM repeats WHERE account = $1 AND owner = $2 AND key = $3
        AND made_at < now() - interval '24 hours'
      """;
  private static final String CLAIM = """
      INSERT INTO repeats (account, owner, key, digest) VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING
      """;
  private static final String STANDS = """
      SELECT digest, answer, is_unsure OR made_at < now() - interval '60 seconds' FROM repeats
      WHERE account = $1 AND owner = $2 AND key = $3
      """;
  private static final String UNSURE = """
      UPDATE repeats SET is_unsure = true
      WHERE account = $1 AND owner = $2 AND key = $3 AND answer IS NULL
      """;
  private static final String RELEASE = """
      DELETE FROM repeats WHERE account = $1 AND owner = $2 AND key = $3 AND answer IS NULL
      """;
  private static final String READ =
      "SELECT digest, answer FROM repeats WHERE account = $1 AND owner = $2 AND key = $3";
  private static final String ANSWER =
      "UPDATE repeats SET answer = $4 WHERE account = $1 AND owner = $2 AND key = $3";

  private final SqlClient client;

  public Repeats(SqlClient client) {
    this.client = client;
  }

  /**
   * What a write goes by.
   *
   * @param owner whose it is: the keys of two callers are apart
   * @param key what the caller gave it, with the tool's name before it
   * @param digest of what is written: another write cannot go by the same key
   */
  public record Mark(String account, String owner, String key, String digest) {}

  /** How a write stands to others that go by the same mark. */
  public enum State {
    /** It is the first. */
    OURS,
    /** The first one is under way. */
    BEGUN,
    /** The first one has its answer. */
    DONE,
    /** Nobody knows what became of the first one. */
    UNSURE
  }

  /**
   * What there is of that mark.
   *
   * @param answer of the first one, or null
   */
  public record Claim(State state, JsonObject answer) {}

  /** The first answer, or nothing where this is the first. */
  public Future<Optional<JsonObject>> begin(Mark mark) {
    return isFirst(mark)
        .compose(isFirst -> isFirst
            ? Future.succeededFuture(Optional.empty())
            : client.preparedQuery(READ).execute(values(mark)).map(rows -> {
              var row = rows.iterator().next();
              var answer = first(mark, row.getString(0), row.getJsonObject(1));
              return Optional.ofNullable(answer).or(() -> {
                throw inProgress();
              });
            }));
  }

  /**
   * The same for a write that is made outside of the transaction: whoever comes later sees that it
   * is under way once this is committed. After a minute nobody believes that it still is.
   */
  public Future<Claim> claim(Mark mark) {
    return isFirst(mark)
        .compose(isFirst -> isFirst
            ? Future.succeededFuture(new Claim(State.OURS, null))
            : client.preparedQuery(STANDS).execute(values(mark)).map(rows -> stands(mark, rows)));
  }

  /** Nothing was written: the mark is free again. */
  public Future<Void> release(Mark mark) {
    return client.preparedQuery(RELEASE).execute(values(mark)).mapEmpty();
  }

  /** Nobody knows whether anything was written. */
  public Future<Void> unsure(Mark mark) {
    return client.preparedQuery(UNSURE).execute(values(mark)).mapEmpty();
  }

  private Future<Boolean> isFirst(Mark mark) {
    return client
        .preparedQuery(FORGET)
        .execute(Tuple.of(mark.account()))
        .compose(done -> client.preparedQuery(FORGET_THIS).execute(values(mark)))
        .compose(done -> client
            .preparedQuery(CLAIM)
            .execute(Tuple.of(mark.account(), mark.owner(), mark.key(), mark.digest())))
        .map(claimed -> claimed.rowCount() > 0);
  }

  /** Where there is none any more, it was released in this very moment. */
  private static Claim stands(Mark mark, RowSet<Row> rows) {
    if (rows.size() == 0) {
      return new Claim(State.BEGUN, null);
    }
    var row = rows.iterator().next();
    var answer = first(mark, row.getString(0), row.getJsonObject(1));
    if (answer != null) {
      return new Claim(State.DONE, answer);
    }
    return new Claim(row.getBoolean(2) ? State.UNSURE : State.BEGUN, null);
  }

  private static Tuple values(Mark mark) {
    return Tuple.of(mark.account(), mark.owner(), mark.key());
  }

  /** Keeps what the write answered. */
  public Future<JsonObject> end(Mark mark, JsonObject answer) {
    return client
        .preparedQuery(ANSWER)
        .execute(Tuple.of(mark.account(), mark.owner(), mark.key(), answer))
        .map(answer);
  }

  /** Somebody else writes with that key at this moment. */
  public static Refused inProgress() {
    return new Refused(
        ErrorCode.CONFLICT,
        "The first call with this idempotency_key is still in progress: call again in a moment",
        JsonObject.of("in_progress", true));
  }

  private static JsonObject first(Mark mark, String digest, JsonObject answer) {
    if (!digest.equals(mark.digest())) {
      throw new Refused(
          ErrorCode.CONFLICT,
          "This idempotency_key was used for something else within 24 hours: take another one",
          null);
    }
    return answer;
  }
}
