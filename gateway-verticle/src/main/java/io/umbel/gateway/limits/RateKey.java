package io.umbel.gateway.limits;

import io.umbel.contract.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Under what a limit is remembered: {@code rl:<account>:<subject>:<endpoint>}. A part that is long,
 * or has other than plain characters, is its hash, so that no two clients share a key, no key is
 * long, and no braces send keys elsewhere in a cluster of Redis.
 */
final class RateKey {

  private static final String PREFIX = "rl:";
  private static final int LONGEST = 64;

  /** No account reads so: a hash is longer. */
  private static final String ADDRESS = "~address:";

  private RateKey() {}

  /**
   * The key of what that client asks.
   *
   * @param address what it comes from, which counts where the caller has no name of its own
   * @param tool of {@code tools/call}, else null
   */
  static String of(Caller caller, String address, String method, String tool) {
    var who = isNobody(caller)
        ? ADDRESS + part(ClientAddress.counted(address))
        : part(caller.account()) + ":" + part(caller.subject());
    return PREFIX + who + ":" + method + (tool == null ? "" : ":" + part(tool));
  }

  /** Whichever server it is narrowed to. */
  private static boolean isNobody(Caller caller) {
    return (caller.reach().server() == null ? caller : caller.toServer(null)).equals(Caller.LOCAL);
  }

  private static String part(String text) {
    return isPlain(text) ? text : "~" + hash(text);
  }

  private static boolean isPlain(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "._-@|/".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
