package io.umbel.gateway.wire;

import io.vertx.core.buffer.Buffer;

/**
 * What the {@code _meta} of a request says.
 *
 * @param at where it stands in the params
 * @param claim the revision named in it
 * @param client what the client says of itself
 * @param trace whose part it is
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#meta">_meta</a>
 */
public record RequestMeta(Span at, Claim claim, ClientFacts client, Trace trace) {

  /** No {@code _meta} at all. */
  public static final RequestMeta NONE =
      new RequestMeta(Span.NONE, Claim.NONE, new ClientFacts(null, null, null), Trace.NONE);

  /**
   * A part of the params.
   *
   * @param start the offset of its first byte in the params
   * @param end the offset after its last byte
   */
  public record Span(int start, int end) {
    public static final Span NONE = new Span(-1, -1);

    public boolean isThere() {
      return start >= 0;
    }
  }

  /**
   * The revision a request claims to be of.
   *
   * @param present whether the key is there, whatever its value
   * @param version its value where that is a string, else null
   */
  public record Claim(boolean present, String version) {
    public static final Claim NONE = new Claim(false, null);
  }

  /**
   * What a client says of itself.
   *
   * @param capabilities the bytes of {@code clientCapabilities}, or null where absent
   * @param logLevel the bytes of {@code logLevel}, or null where absent
   * @param progressToken the bytes of {@code progressToken}, or null where absent
   */
  public record ClientFacts(Buffer capabilities, Buffer logLevel, Buffer progressToken) {}

  /**
   * The trace that a request is part of, as the client says; nothing of it is checked here.
   *
   * @param parent {@code traceparent}, or null
   * @param state {@code tracestate}, or null
   * @see <a href="https://www.w3.org/TR/trace-context/">Trace Context</a>
   */
  public record Trace(String parent, String state) {
    public static final Trace NONE = new Trace(null, null);
  }

  /** Whether the request claims a stateless revision: then it is judged by that era's rules. */
  public boolean claimsRevision() {
    return claim.present();
  }
}
