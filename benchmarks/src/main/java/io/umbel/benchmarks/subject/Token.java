package io.umbel.benchmarks.subject;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bearer token that every request carries. Subjects that ask nobody who they are ignore it, so
 * requests are the same for those that do and those that do not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">JSON Web Token</a>
 */
public final class Token {

  /** What guarded gateways check it with: for benchmarks on loopback only. */
  public static final String SECRET = "a secret for benchmarks on loopback only";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final String CLAIMS =
      "{\"sub\":\"driver\",\"account_id\":\"benchmarks\",\"scope\":\"admin\",\"exp\":4102444800}";

  private Token() {}

  /** The value of {@code Authorization}. */
  public static String bearer() {
    var text = base64(HEADER.getBytes(UTF_8)) + "." + base64(CLAIMS.getBytes(UTF_8));
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      return "Bearer " + text + "." + base64(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }
}
