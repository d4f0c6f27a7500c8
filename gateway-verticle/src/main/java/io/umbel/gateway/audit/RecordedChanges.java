package io.umbel.gateway.audit;

import io.umbel.gateway.audit.Entry.Ending;
import io.umbel.gateway.audit.Entry.Status;
import io.umbel.gateway.audit.Entry.What;
import io.umbel.gateway.audit.Entry.Who;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Puts changes of the configuration on the chain of their account, redacted. */
public final class RecordedChanges implements ConfigurationChanges {

  private final Clock clock;

  public RecordedChanges(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Future<Void> record(SqlConnection transaction, Change change) {
    return new Chain(transaction).append(List.of(entry(change, clock)), false);
  }

  /** As a row. */
  static Entry entry(Change change, Clock clock) {
    var both = new JsonObject()
        .put("before", Redaction.of(change.before()))
        .put("after", Redaction.of(change.after()));
    var action = change.what() + "." + change.action();
    return new Entry(
        UUID.randomUUID(),
        clock.instant(),
        new Who(change.by(), null),
        new What(action, null, null, Arguments.NONE, both.encode()),
        new Ending(Status.SUCCEEDED, 0, null, null),
        change.correlationId());
  }
}
