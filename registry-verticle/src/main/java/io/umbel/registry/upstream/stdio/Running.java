package io.umbel.registry.upstream.stdio;

import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.rpc.Peer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A server that runs and told of itself, with those who use it. */
final class Running {

  private final Child child;
  private final Peer peer;
  private final Upstream server;
  private final Audience audience = new Audience();
  private final Set<SharedUpstream> users = new HashSet<>();
  private final Runnable unused;

  /** @param unused runs when its last user leaves */
  Running(Child child, Peer peer, Upstream server, Runnable unused) {
    this.child = child;
    this.peer = peer;
    this.server = server;
    this.unused = unused;
    server.listen(audience);
    child.ended().onSuccess(over -> server.close());
  }

  /** One more who uses it. */
  Upstream join(JsonObject capabilities) {
    var user = new SharedUpstream(this, capabilities);
    users.add(user);
    return user;
  }

  void leave(SharedUpstream user) {
    audience.leave(server, user);
    if (users.remove(user) && users.isEmpty()) {
      unused.run();
    }
  }

  boolean isUsed() {
    return !users.isEmpty();
  }

  boolean isOver() {
    return child.ended().isComplete();
  }

  /** The status that it ended with. */
  Future<Integer> ended() {
    return child.ended();
  }

  /** Takes no new request, lets those under way end for so long, then ends the process. */
  Future<Void> stop(UpstreamFailure why, Duration grace) {
    var stopped = peer.close(grace);
    server.close();
    return stopped.onComplete(over -> audience.lost(why));
  }

  Upstream server() {
    return server;
  }

  Audience audience() {
    return audience;
  }
}
