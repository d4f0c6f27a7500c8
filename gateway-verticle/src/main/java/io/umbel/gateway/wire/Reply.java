package io.umbel.gateway.wire;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * What goes back to the client for one message.
 *
 * @param message the JSON-RPC response, or null where a message is only taken note of
 * @param status the HTTP status where the transport has one
 * @param session the id of a session that begins with this, or null
 * @param headers by name, what the transport's headers say beside the usual
 */
public record Reply(Buffer message, int status, String session, Map<String, String> headers) {

  private static final Buffer HEAD = Buffer.buffer("{\"jsonrpc\":\"2.0\",\"id\":");
  private static final Buffer RESULT = Buffer.buffer(",\"result\":");

  private static final int STREAMED = 0;

  /** One with no headers of its own. */
  public Reply(Buffer message, int status, String session) {
    this(message, status, session, Map.of());
  }

  /** A notification or a response has been taken. */
  public static Reply accepted() {
    return new Reply(null, 202, null);
  }

  /** The answer has already gone, as an event. */
  public static Reply streamed() {
    return new Reply(null, STREAMED, null);
  }

  /** Whether there is nothing left to send. */
  public boolean isStreamed() {
    return status == STREAMED;
  }

  /**
   * A result.
   *
   * @param id as the request had it, as JSON text
   * @param result the result object's bytes
   */
  public static Reply result(String id, Buffer result) {
    var message = Buffer.buffer(id.length() + result.length() + 48)
        .appendBuffer(HEAD)
        .appendString(id)
        .appendBuffer(RESULT)
        .appendBuffer(result)
        .appendByte((byte) '}');
    return new Reply(message, 200, null);
  }

  /** An error, with the status that its kind has in the stateless era. */
  public static Reply error(String id, McpException error) {
    return new Reply(error.toResponse(id), error.status(), null, error.headers());
  }

  /** An error with another status. */
  public static Reply error(String id, McpException error, int status) {
    return new Reply(error.toResponse(id), status, null, error.headers());
  }

  /** A message that was not looked at; what is no request has no answer, nor has its refusal. */
  public static Reply limited(Envelope message, McpException why) {
    return message.kind() == Envelope.Kind.REQUEST ? error(message.id(), why) : accepted();
  }

  /** The same with a session that begins. */
  public Reply beginning(String newSession) {
    return new Reply(message, status, newSession, headers);
  }
}
