package io.umbel.gateway.audit;

import io.umbel.contract.Caller;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;

/** Where each change of what an account has goes on record. */
@FunctionalInterface
public interface ConfigurationChanges {

  /** Nothing is kept. */
  ConfigurationChanges NOT_KEPT = (transaction, change) -> Future.succeededFuture();

  /**
   * A change, with nothing secret in it.
   *
   * @param by who made it
   * @param correlationId of the request
   * @param action {@code create}, {@code update} or {@code delete}
   * @param what {@code projects}, {@code agents}, {@code grants}, {@code api_keys} or {@code tools}
   * @param before with its {@code id}, or null where it is new
   * @param after with its {@code id}, or null where it is gone
   */
  record Change(
      Caller by,
      String correlationId,
      String action,
      String what,
      JsonObject before,
      JsonObject after) {}

  /**
   * Puts it on record, within the transaction that makes it: so it is there exactly where the
   * change was made. Where this fails the change is not made.
   */
  Future<Void> record(SqlConnection transaction, Change change);
}
