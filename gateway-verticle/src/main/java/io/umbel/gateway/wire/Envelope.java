package io.umbel.gateway.wire;

import io.vertx.core.buffer.Buffer;

/**
 * One JSON-RPC message, read once. What the gateway decides on is typed; everything else stays the
 * bytes it came in.
 *
 * @param kind what it is
 * @param id the request's id as JSON text, a string or an integer; null where there is none
 * @param method of a request or notification, else null
 * @param params of a request or notification; {@link Params#NONE} where there are none
 */
public record Envelope(Kind kind, String id, String method, Params params) {

  /** What a message can be. */
  public enum Kind {
    REQUEST,
    NOTIFICATION,
    RESPONSE
  }

  /**
   * The {@code params} object.
   *
   * @param json its bytes, or null where there are none
   * @param facts the members of it that the gateway looks at
   * @param meta what its {@code _meta} says
   */
  public record Params(Buffer json, Facts facts, RequestMeta meta) {
    /** A message without params. */
    public static final Params NONE =
        new Params(null, new Facts(null, null, null, null, null, Continued.NONE), RequestMeta.NONE);

    /** Of a response the whole message is kept, for whoever asked. */
    static Params ofResponse(byte[] message) {
      return new Params(Buffer.buffer(message), NONE.facts(), RequestMeta.NONE);
    }
  }

  /**
   * Members of params; null where absent.
   *
   * @param name the tool or prompt named
   * @param uri the resource named
   * @param cursor of a list
   * @param arguments the bytes of {@code arguments}, whatever they are
   * @param requestId what {@code notifications/cancelled} names, as JSON text
   * @param continued what a request that comes back brings
   */
  public record Facts(
      String name,
      String uri,
      String cursor,
      Buffer arguments,
      String requestId,
      Continued continued) {
    /** Whether {@code arguments} are absent, null or an object. */
    public boolean argumentsFit() {
      return arguments == null || arguments.getByte(0) == '{' || arguments.getByte(0) == 'n';
    }
  }

  /**
   * What a request brings that was answered with questions before.
   *
   * @param state {@code requestState}, or null
   * @param responses the bytes of {@code inputResponses}, or null
   */
  public record Continued(String state, Buffer responses) {
    /** A request that comes for the first time. */
    public static final Continued NONE = new Continued(null, null);
  }
}
