package io.umbel.gateway.identity;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a token may be signed. There is no "none".
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518, section 3.1</a>
 */
public enum Algorithm {
  RS256("RS256", false),
  ES256("ES256", true),
  EDDSA("EdDSA", true),
  HS256("HS256", false);

  private final String text;
  private final boolean slow;

  Algorithm(String text, boolean slow) {
    this.text = text;
    this.slow = slow;
  }

  /** As a token's header spells it. */
  public String text() {
    return text;
  }

  /** Whether checking a signature takes so long that the event loop must not do it. */
  boolean isSlow() {
    return slow;
  }

  /** The one of that name, spelled exactly so. */
  public static Optional<Algorithm> of(String text) {
    return Arrays.stream(values()).filter(known -> known.text.equals(text)).findFirst();
  }
}
