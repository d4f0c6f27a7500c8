package io.umbel.tools.issues.remote;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Connection;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.Tracker.Verdict;
import io.umbel.tools.issues.tracker.Trackers;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trackers on other servers that accounts have, ready to be asked. Each is read anew: other
 * credentials are in use at once.
 */
public final class Remotes {

  private static final Logger LOG = LoggerFactory.getLogger(Remotes.class);
  private static final String FIND = """
      SELECT tracker_type, name, url, auth_type, connection_details, secret FROM trackers
      WHERE account = $1 AND id = $2 AND NOT is_deleted
      """;
  private static final String VALIDATED = """
      UPDATE trackers SET is_valid = $3, validation_message = $4, last_validation = now()
      WHERE account = $1 AND id = $2
      """;

  private final Pool pool;
  private final Trackers trackers;
  private final TrackerSecrets secrets;

  public Remotes(Pool pool, Trackers trackers, TrackerSecrets secrets) {
    this.pool = pool;
    this.trackers = trackers;
    this.secrets = secrets;
  }

  /** The kinds there are. */
  public Trackers trackers() {
    return trackers;
  }

  /** How what opens them is kept. */
  public TrackerSecrets secrets() {
    return secrets;
  }

  /**
   * That tracker; fails with {@link Refused} where it is gone, is no tracker on another server, or
   * what opens it cannot be read here.
   */
  public Future<Remote> of(String account, UUID tracker) {
    return pool.preparedQuery(FIND).execute(Tuple.of(account, tracker)).map(rows -> {
      if (rows.size() == 0) {
        throw new Refused(ErrorCode.NOT_FOUND, "The tracker is there no more", null);
      }
      var row = rows.iterator().next();
      var type = row.getString(0);
      if (trackers.remote(type).isEmpty()) {
        throw new Refused(
            ErrorCode.NOT_SUPPORTED,
            "Tracker " + row.getString(1) + " is of the kind " + type
                + ", which is on no other server or not known to this version",
            null);
      }
      var connection = connection(account, tracker, row);
      return trackers.of(type, connection, verdict -> validated(account, tracker, verdict));
    });
  }

  /** Keeps whether that tracker can be used; where that cannot be kept it is only logged. */
  public Future<Void> validated(String account, UUID tracker, Verdict verdict) {
    return pool.preparedQuery(VALIDATED)
        .execute(Tuple.of(account, tracker, verdict.isValid(), verdict.message()))
        .<Void>mapEmpty()
        .onFailure(why -> LOG.warn("How tracker {} stands could not be kept", tracker, why));
  }

  private Connection connection(String account, UUID tracker, Row row) {
    var name = row.getString(1);
    return new Connection(
        name,
        URI.create(row.getString(2)),
        row.getString(3),
        row.getJsonObject(4),
        secrets.open(account, tracker, name, row.getString(5)));
  }
}
