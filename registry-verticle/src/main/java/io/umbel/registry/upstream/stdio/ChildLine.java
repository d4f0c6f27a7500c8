package io.umbel.registry.upstream.stdio;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.rpc.Crossings;
import io.umbel.registry.upstream.rpc.Line;
import io.umbel.registry.upstream.rpc.Peer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** A child's standard streams as the line to a server: a message each line, both ways. */
final class ChildLine implements Line, Child.Ears {

  private final Peer peer;
  private final int longest;
  private Child child;

  ChildLine(Vertx vertx, StdioSettings settings, Crossings crossings) {
    this.peer = new Peer(vertx, this, settings.times().longest(), crossings);
    this.longest = settings.answerBytes();
  }

  /** It is that child's. */
  void carriedBy(Child started) {
    child = started;
    started.ended().onSuccess(status -> peer.lost(ended(status)));
  }

  Peer peer() {
    return peer;
  }

  @Override
  public Future<Void> send(Outgoing message) {
    return child.send(message.bytes());
  }

  @Override
  public Future<Void> close() {
    return child.stop();
  }

  @Override
  public void message(JsonObject message) {
    peer.receive(message, null);
  }

  @Override
  public void tooLarge(long request) {
    var text = "The answer has more than " + longest + " bytes";
    peer.failed(request, new UpstreamFailure(Reason.TOO_LARGE, text, true));
  }

  private static UpstreamFailure ended(int status) {
    return new UpstreamFailure(Reason.UNREACHABLE, Ends.text(status), true);
  }
}
