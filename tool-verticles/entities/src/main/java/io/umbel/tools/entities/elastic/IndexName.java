package io.umbel.tools.entities.elastic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the index of an account's entities is called: {@code account_type}.
 *
 * <p>Names of indexes have no capitals, few signs and at most 255 bytes, so of an account's id
 * small ASCII letters and digits stay, and hyphens but for the first sign; any other byte becomes
 * {@code ~} and two digits. No two accounts become one: {@code ~} and {@code _} themselves are told
 * that way too, and an id that grows too long is told by its hash.
 */
final class IndexName {

  private static final int MOST_OF_AN_ACCOUNT = 200;

  private IndexName() {}

  static String of(String account, String type) {
    return of(account) + "_" + type;
  }

  private static String of(String account) {
    var name = new StringBuilder();
    var bytes = account.getBytes(StandardCharsets.UTF_8);
    for (var one : bytes) {
      if (isPlain(one) || (one == '-' && !name.isEmpty())) {
        name.append((char) one);
      } else {
        name.append('~').append(HexFormat.of().toHexDigits(one));
      }
    }
    // No byte is told as ~h, so this is nobody else's.
    return name.length() <= MOST_OF_AN_ACCOUNT ? name.toString() : "~h" + hash(bytes);
  }

  private static boolean isPlain(byte one) {
    return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9');
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
