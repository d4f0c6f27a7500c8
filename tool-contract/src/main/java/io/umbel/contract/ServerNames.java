package io.umbel.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What the tools and prompts of upstream servers are called among those of all others. */
public final class ServerNames {

  /** Clients take no longer names. */
  public static final int LONGEST = 64;

  private static final int HASH = 8;
  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9_.-]");

  private ServerNames() {}

  /**
   * {@code <namespace>_<name>}: what is not allowed in names is {@code _}, and one that is too long
   * or was altered ends with {@code _} and eight hexadecimal digits of its hash. Always the same
   * for the same two.
   */
  public static String of(String namespace, String name) {
    var whole = namespace + "_" + name;
    if (whole.length() <= LONGEST && whole.chars().allMatch(ServerNames::isAllowed)) {
      return whole; // as nearly all are, and this is asked several times a call
    }
    var plain = OTHERS.matcher(whole).replaceAll("_");
    return plain.substring(0, Math.min(plain.length(), LONGEST - HASH - 1)) + "_" + hash(whole);
  }

  private static boolean isAllowed(int letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || letter == '_'
        || letter == '.'
        || letter == '-';
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes).substring(0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
