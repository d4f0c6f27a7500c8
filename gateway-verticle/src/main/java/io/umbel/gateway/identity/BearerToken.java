package io.umbel.gateway.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client presents: well-formed, but not yet known to be good.
 *
 * @param text the token, which is shown nowhere
 * @param hash its SHA-256 in hexadecimal digits
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
record BearerToken(String text, String hash) {

  private static final int MAX_LENGTH = 8 * 1024;
  private static final int FINGERPRINT = 12;
  private static final String SCHEME = "bearer ";
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /** The token of a request with these {@code Authorization} headers: exactly one counts. */
  static Optional<BearerToken> in(List<String> headers) {
    if (headers.size() != 1) {
      return Optional.empty();
    }
    var header = headers.get(0);
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  static Optional<BearerToken> of(String text) {
    return text.length() <= MAX_LENGTH && FORM.matcher(text).matches()
        ? Optional.of(new BearerToken(text, sha256(text)))
        : Optional.empty();
  }

  boolean isApiKey() {
    return text.indexOf('.') < 0;
  }

  /** What logs call it. */
  String fingerprint() {
    return hash.substring(0, FINGERPRINT);
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "token " + fingerprint();
  }
}
