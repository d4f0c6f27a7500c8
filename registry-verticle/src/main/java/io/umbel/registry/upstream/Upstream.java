package io.umbel.registry.upstream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A way to one upstream server that is open: its era and transport are settled, and where it has
 * sessions, one is held. Speaks for one account with one set of client capabilities. Used on the
 * thread of the verticle that opened it.
 */
public interface Upstream {

  /** What is known of the server. */
  Facts facts();

  /**
   * Asks the server.
   *
   * @return its answer; fails with {@link UpstreamFailure} where there is none
   */
  Future<Answer> ask(Question question, Hearing hearing);

  /** Wants to hear of changes of that resource, or no longer; does nothing where it cannot. */
  Future<Void> watch(String uri, boolean wanted);

  /**
   * Begins to hear what the server says of its own accord, and goes on until closed: a stream that
   * breaks is opened again.
   */
  void listen(Notices notices);

  /** Ends it: no new request, those under way have a moment, then the session is given back. */
  Future<Void> close();

  /** The same, but those under way fail at once: they had their moment. */
  default Future<Void> closeNow() {
    return close();
  }

  /**
   * What a server said of itself.
   *
   * @param modern whether it is of 2026-07-28 or later: no sessions
   * @param revision spoken on this connection
   * @param capabilities its {@code ServerCapabilities}
   * @param serverInfo its {@code Implementation}, or empty
   * @param instructions or null
   */
  record Facts(
      boolean modern,
      String revision,
      JsonObject capabilities,
      JsonObject serverInfo,
      String instructions) {}

  /**
   * One request.
   *
   * @param method of MCP
   * @param params without what the wire adds: {@code _meta} holds only what its sender put there,
   *     as a 2026-07-28 client would say it (capabilities, log level, progress token, trace)
   * @param timeout how long the answer is waited for
   * @param repeatable whether it may be sent again after it may have been carried out
   */
  record Question(String method, JsonObject params, Duration timeout, boolean repeatable) {}

  /** What comes back. */
  sealed interface Answer {

    /** The result object as it came, without what belongs to the server's era. */
    record Result(JsonObject json) implements Answer {}

    /** A JSON-RPC error of the server itself, not of this hop. */
    record Refused(int code, String message, JsonObject data) implements Answer {}

    /**
     * A modern server needs answers first: {@code inputRequests}, {@code requestState} or both, to
     * be brought back by any node.
     */
    record InputRequired(Buffer json) implements Answer {}
  }

  /** Who made a request, while it is not answered. */
  interface Hearing {

    /** The params of a progress notification, without its token. */
    void progress(JsonObject params);

    /** The params of a log line that the request's {@code _meta} asked for. */
    void log(JsonObject params);

    /**
     * The server of a session asks the client.
     *
     * @param method as in {@code elicitation/create}
     * @return the bare result; fails with {@link UpstreamFailure.NoAnswer}
     */
    Future<JsonObject> asked(String method, JsonObject params);

    /** Completes if nobody waits for the answer any longer: the server is told. */
    Future<Void> cancelled();
  }

  /** What a server says of its own accord. */
  interface Notices {

    /** One of its lists is another now: {@code tools}, {@code prompts} or {@code resources}. */
    void listChanged(String list);

    /** A resource that is watched changed. */
    void resourceUpdated(String uri);

    /** The connection is of no use any more, for this reason. */
    void lost(UpstreamFailure why);
  }
}
