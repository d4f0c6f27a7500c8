package io.umbel.gateway.legacy;

import io.umbel.contract.Caller;
import io.umbel.gateway.changes.Changes;
import io.umbel.gateway.wire.Notifications;
import io.vertx.core.json.JsonObject;

/** Tells a session's own stream of every list that changes, and of the resources it watches. */
final class SessionWatch implements Changes.Watcher {

  private final Caller caller;
  private final SessionStream stream;
  private final SessionNotes notes;

  SessionWatch(Caller caller, SessionStream stream, SessionNotes notes) {
    this.caller = caller;
    this.stream = stream;
    this.notes = notes;
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public void listChanged(String notification) {
    stream.send(Notifications.of(notification));
  }

  @Override
  public void closing() {
    stream.end();
  }

  @Override
  public void resourceChanged(String uri) {
    if (notes.of(stream.session()).uris().contains(uri)) {
      var params = new JsonObject().put("uri", uri).toBuffer();
      stream.send(Notifications.of("notifications/resources/updated", params));
    }
  }
}
