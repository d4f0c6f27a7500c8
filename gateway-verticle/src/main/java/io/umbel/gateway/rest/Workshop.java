package io.umbel.gateway.rest;

import io.umbel.gateway.audit.ConfigurationChanges;
import io.umbel.gateway.audit.ConfigurationChanges.Change;
import io.umbel.gateway.store.AccountStore;
import io.umbel.gateway.store.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * What all routes work with.
 *
 * @param contract what bodies have to be
 * @param store what accounts have; nothing where there is no database
 * @param changes where changes go on record
 * @param cursors for lists
 * @param clock what time it is
 */
record Workshop(
    Contract contract,
    Optional<AccountStore> store,
    ConfigurationChanges changes,
    Cursors cursors,
    Clock clock) {

  /** What a change has to show for itself. */
  record Made(String action, JsonObject before, JsonObject after) {}

  /** The rows of the request's account; throws {@link Problem} without a database. */
  Rows rows(RestRequest request) {
    return database().rows(request.account());
  }

  /** Makes a change and puts it on record: both or neither. */
  Future<Made> change(RestRequest request, String what, Function<Rows, Future<Made>> work) {
    return database()
        .change(
            request.account(),
            (rows, transaction) -> work.apply(rows)
                .compose(made -> changes
                    .record(
                        transaction,
                        new Change(
                            request.caller(),
                            request.correlationId(),
                            made.action(),
                            what,
                            made.before(),
                            made.after()))
                    .map(made)));
  }

  private AccountStore database() {
    return store.orElseThrow(Problem::noDatabase);
  }
}
