package io.umbel.gateway.legacy;

import io.umbel.gateway.changes.Changes;
import io.umbel.gateway.wire.Notifications;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;

/**
 * Tells a session's own stream of every list that changes, and of the resources it watches, unless
 * another stream of that session is told.
 */
final class SessionWatch implements Changes.Watcher {

  private final SessionStream stream;
  private final SessionNotes notes;
  private final Predicate<SessionStream> isTold;

  SessionWatch(SessionStream stream, SessionNotes notes, Predicate<SessionStream> isTold) {
    this.stream = stream;
    this.notes = notes;
    this.isTold = isTold;
  }

  @Override
  public void listChanged(String notification) {
    if (isTold.test(stream)) {
      stream.send(Notifications.of(notification));
    }
  }

  @Override
  public void closing() {
    stream.end();
  }

  @Override
  public void resourceChanged(String uri, String account) {
    var mine = account == null || stream.session().owner().startsWith(account + " ");
    if (mine && notes.of(stream.session()).watches(uri) && isTold.test(stream)) {
      var params = new JsonObject().put("uri", uri).toBuffer();
      stream.send(Notifications.of("notifications/resources/updated", params));
    }
  }
}
