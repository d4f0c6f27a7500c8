package io.umbel.tools.issues.store;

import io.umbel.contract.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
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

  /** The first answer, or nothing where this is the first. */
  public Future<Optional<JsonObject>> begin(Mark mark) {
    var values = Tuple.of(mark.account(), mark.owner(), mark.key());
    return client
        .preparedQuery(FORGET)
        .execute(Tuple.of(mark.account()))
        .compose(done -> client.preparedQuery(FORGET_THIS).execute(values))
        .compose(done -> client
            .preparedQuery(CLAIM)
            .execute(Tuple.of(mark.account(), mark.owner(), mark.key(), mark.digest())))
        .compose(claimed -> claimed.rowCount() > 0
            ? Future.succeededFuture(Optional.empty())
            : client.preparedQuery(READ).execute(values).map(rows -> {
              var row = rows.iterator().next();
              return Optional.of(first(mark, row.getString(0), row.getJsonObject(1)));
            }));
  }

  /** Keeps what the write answered. */
  public Future<JsonObject> end(Mark mark, JsonObject answer) {
    return client
        .preparedQuery(ANSWER)
        .execute(Tuple.of(mark.account(), mark.owner(), mark.key(), answer))
        .map(answer);
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
