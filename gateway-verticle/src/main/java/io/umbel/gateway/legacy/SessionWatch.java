package io.umbel.gateway.legacy;

import io.umbel.contract.Caller;
import io.umbel.gateway.changes.Changes;
import io.umbel.gateway.wire.Notifications;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells a session's own stream of every list that changes, and of the resources it watches, unless
 * another stream of that session is told.
 */
final class SessionWatch implements Changes.Watcher {

  private final Caller caller;
  private final SessionStream stream;
  private final SessionNotes notes;
  private final Predicate<SessionStream> isTold;

  SessionWatch(
      Caller caller, SessionStream stream, SessionNotes notes, Predicate<SessionStream> isTold) {
    this.caller = caller;
    this.stream = stream;
    this.notes = notes;
    this.isTold = isTold;
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public void listChanged(String notification) {
    if (isTold.test(stream)) {
      stream.send(Notifications.of(notification));
    }
  }

  @Override
  public Set<String> resources() {
    return notes.of(stream.session()).resources();
  }

  @Override
  public void closing() {
    stream.end();
  }

  @Override
  public void resourceChanged(String uri) {
    if (notes.of(stream.session()).watches(uri) && isTold.test(stream)) {
      var params = new JsonObject().put("uri", uri).toBuffer();
      stream.send(Notifications.of("notifications/resources/updated", params));
    }
  }
}
