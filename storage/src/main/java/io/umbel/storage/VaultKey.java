package io.umbel.storage;

import java.util.Arrays;
import java.util.Base64;

/** One key that secrets are kept with: 256 bits and a name. Never shows them. */
public final class VaultKey {

  /** How many bytes it has. */
  public static final int BYTES = 32;

  private final String id;
  private final byte[] bytes;

  /**
   * A key.
   *
   * @param id letters, digits, {@code _} and {@code -}: stands beside what was kept with it
   * @throws IllegalArgumentException if it is none
   */
  public VaultKey(String id, byte[] bytes) {
    if (!id.matches("[A-Za-z0-9_-]{1,32}")) {
      throw new IllegalArgumentException("the name of a key has 1 to 32 letters and digits");
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "the key \"" + id + "\" has " + bytes.length + " bytes, and needs " + BYTES);
    }
    this.id = id;
    this.bytes = bytes.clone();
  }

  /**
   * The one that a text such as {@code 2026a:base64} means.
   *
   * @throws IllegalArgumentException if it means none
   */
  public static VaultKey of(String text) {
    var colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("a key is a name, a colon and 32 bytes in base64");
    }
    try {
      return new VaultKey(
          text.substring(0, colon), Base64.getDecoder().decode(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage().startsWith("the ")
              ? e.getMessage()
              : "the key \"" + text.substring(0, colon) + "\" is not in base64",
          e);
    }
  }

  /** What it is called. */
  public String id() {
    return id;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VaultKey key && id.equals(key.id) && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id + ":***";
  }
}
