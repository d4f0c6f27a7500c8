package io.umbel.gateway.audit;

import io.umbel.gateway.audit.ConfigurationChanges.Change;
import io.vertx.core.Future;
import java.time.Clock;

/**
 * Puts changes on record that another process made, in a database of its own: so there is no
 * transaction that is both. Nothing is changed while the record cannot be written, and what was
 * changed is written until it is there.
 */
public final class RemoteChanges {

  private final Audit audit;
  private final Clock clock;

  RemoteChanges(Audit audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether anything may be changed now: the database of the record is asked. Never fails. */
  public Future<Boolean> areWelcome() {
    if (!audit.awaitsWrites() || !audit.admitsWrites()) {
      return Future.succeededFuture(audit.admitsWrites());
    }
    return audit.probe().map(found -> found.getJsonObject(Audit.POSTGRES).getBoolean("ok"));
  }

  /** Puts a change on record that was made; never fails. */
  public Future<Void> record(Change change) {
    return audit.record(RecordedChanges.entry(change, clock)).otherwiseEmpty();
  }
}
