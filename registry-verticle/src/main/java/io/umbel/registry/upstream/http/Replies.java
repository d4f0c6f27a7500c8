package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.rpc.Peer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.Locale;

/** Reads what comes back for one POST, whichever of its two forms it has. */
final class Replies {

  private Replies() {}

  /** The kind of what came. */
  static boolean isStream(HttpClientResponse answer) {
    return is(answer, "text/event-stream") && answer.statusCode() == 200;
  }

  /**
   * Takes a body that is no stream as the answer to that request.
   *
   * @return completes when the request has its answer; fails with {@link UpstreamFailure}
   */
  static Future<Void> whole(HttpClientResponse answer, Buffer body, Peer peer, long request) {
    var status = answer.statusCode();
    if (!is(answer, "application/json") || body.length() == 0) {
      return Future.failedFuture(status == 200 ? notMcp(answer) : Statuses.unexplained(status));
    }
    peer.receive(body, request);
    return peer.isOpen(request) ? Future.failedFuture(other()) : Future.succeededFuture();
  }

  private static boolean is(HttpClientResponse answer, String type) {
    var header = answer.getHeader("Content-Type");
    return header != null && header.toLowerCase(Locale.ROOT).strip().startsWith(type);
  }

  private static UpstreamFailure notMcp(HttpClientResponse answer) {
    var type = answer.getHeader("Content-Type");
    var shown = type == null || type.length() > 100 ? "unknown type" : "type " + type;
    return new UpstreamFailure(
        Reason.GARBAGE, "The server answered with something of " + shown + ", no MCP", true);
  }

  private static UpstreamFailure other() {
    return new UpstreamFailure(
        Reason.GARBAGE, "The server answered something else than what it was asked", true);
  }
}
