package io.umbel.gateway.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A new API key: 32 random bytes behind a word by which scanners of leaked secrets know it. It has
 * no dot, which is how it is told from a JWT.
 */
public final class KeySecret {

  /** What each begins with. */
  public static final String PREFIX = "umk_";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private final String text;

  private KeySecret(String text) {
    this.text = text;
  }

  public static KeySecret random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new KeySecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The key itself, to be shown once. */
  public String text() {
    return text;
  }

  /** What is kept of it: its SHA-256 in hexadecimal digits. */
  public String hash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
