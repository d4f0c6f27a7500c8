package io.umbel.tools.issues.tracker.github;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.umbel.tools.issues.store.Refused;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/**
 * The private key of a GitHub App, and the statements that it signs: who the app is, for less than
 * ten minutes (docs.github.com/apps, "Generating a JSON web token").
 */
final class AppKey {

  private static final long CLOCK_APART_SECONDS = 60;
  private static final long GOOD_FOR_SECONDS = 480;

  /** PKCS#8 around the key that GitHub gives as PKCS#1: version 0, and that it is RSA. */
  private static final byte[] RSA = {
    2, 1, 0, 48, 13, 6, 9, 42, -122, 72, -122, -9, 13, 1, 1, 1, 5, 0
  };

  private final PrivateKey key;

  /**
   * The key in that text.
   *
   * @param pem as GitHub lets one download it, or PKCS#8
   * @throws Refused if it is none
   */
  AppKey(String pem) {
    try {
      var base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
      var der = Base64.getDecoder().decode(base64);
      var whole = pem.contains("BEGIN RSA PRIVATE KEY") ? wrapped(der) : der;
      key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(whole));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw Refused.invalid("The secret of a GitHub App has to be its private key, in PEM: all of"
          + " the file that GitHub gives");
    }
  }

  /** A JSON web token that says that it is that app. */
  String statement(String app, Instant now) {
    var head = JsonObject.of("alg", "RS256", "typ", "JWT");
    var claims = JsonObject.of("iss", app, "iat", now.getEpochSecond() - CLOCK_APART_SECONDS)
        .put("exp", now.getEpochSecond() + GOOD_FOR_SECONDS);
    var said =
        base64(head.encode().getBytes(US_ASCII)) + "." + base64(claims.encode().getBytes(US_ASCII));
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(said.getBytes(US_ASCII));
      return said + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has RS256", e);
    }
  }

  private static byte[] wrapped(byte[] inner) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(RSA);
    content.write(4);
    content.writeBytes(length(inner.length));
    content.writeBytes(inner);
    var outer = new ByteArrayOutputStream();
    outer.write(48);
    outer.writeBytes(length(content.size()));
    outer.writeBytes(content.toByteArray());
    return outer.toByteArray();
  }

  /** Lengths of two bytes, which those of all RSA keys are. */
  private static byte[] length(int length) {
    return new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
