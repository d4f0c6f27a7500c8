package io.umbel.registry.upstream.rpc;

import io.umbel.registry.upstream.UpstreamFailure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * What carries messages to a server. What comes back goes to {@link Peer#receive}, what becomes of
 * the line to {@link Peer#failed} and {@link Peer#lost}, all on the thread of the verticle.
 */
public interface Line {

  /**
   * One message.
   *
   * @param json the whole of it
   * @param request its id where it is a request, or null
   */
  record Outgoing(JsonObject json, Long request) {

    /** Its bytes, without an end of line. */
    public Buffer bytes() {
      return json.toBuffer();
    }

    /** Its method, or null where it is an answer. */
    public String method() {
      return json.getString("method");
    }
  }

  /** Thrown instead of an answer where the server no longer knows the session. */
  final class SessionGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Nothing of the request was carried out. */
    public SessionGone() {
      super("The server no longer knows the session", null, false, false);
    }
  }

  /**
   * Sends a message.
   *
   * @return fails with {@link UpstreamFailure} or {@link SessionGone} where it was not sent; a
   *     request then has no other answer
   */
  Future<Void> send(Outgoing message);

  /**
   * Nobody waits for that request any longer.
   *
   * @return whether the server is told by that alone; else it is sent a notification
   */
  default boolean hangUp(long request) {
    return false;
  }

  /** A session speaks that revision from now on, or from anew where it is null. */
  default void agreed(String revision) {}

  /**
   * Begins to carry what the server says of its own accord, where that needs a stream.
   *
   * @return completes when it does, or when it is clear that it cannot
   */
  default Future<Void> listen() {
    return Future.succeededFuture();
  }

  /** Gives the session back and ends the line. */
  Future<Void> close();
}
