package io.umbel.registry.upstream.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * A proof of who we are, signed with a key of our own.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-2.2">RFC 7523, section 2.2</a>
 */
final class Assertion {

  private static final long SECONDS = 300;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Assertion() {}

  /**
   * Makes one. Takes a moment, so not on an event loop.
   *
   * @param pem the private key, PKCS #8
   * @throws GeneralSecurityException if the key does not suit the algorithm
   */
  static String of(String clientId, String audience, String pem, String algorithm)
      throws GeneralSecurityException {
    var now = Instant.now().getEpochSecond();
    var header = new JsonObject().put("alg", algorithm).put("typ", "JWT");
    var claims = new JsonObject()
        .put("iss", clientId)
        .put("sub", clientId)
        .put("aud", audience)
        .put("iat", now)
        .put("exp", now + SECONDS)
        .put("jti", UUID.randomUUID().toString());
    var signed = part(header) + "." + part(claims);
    var signature = signature(algorithm);
    signature.initSign(KeyFactory.getInstance(family(algorithm)).generatePrivate(key(pem)));
    signature.update(signed.getBytes(UTF_8));
    return signed + "." + BASE64.encodeToString(signature.sign());
  }

  private static String part(JsonObject json) {
    return BASE64.encodeToString(json.toBuffer().getBytes());
  }

  private static PKCS8EncodedKeySpec key(String pem) throws GeneralSecurityException {
    var base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
    try {
      return new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("no PEM of a private key");
    }
  }

  private static String family(String algorithm) throws GeneralSecurityException {
    return switch (algorithm.substring(0, 2)) {
      case "ES" -> "EC";
      case "RS", "PS" -> "RSA";
      case "Ed" -> "Ed25519";
      default -> throw new GeneralSecurityException("an algorithm that nobody knows");
    };
  }

  private static Signature signature(String algorithm) throws GeneralSecurityException {
    if (algorithm.equals("EdDSA")) {
      return Signature.getInstance("Ed25519");
    }
    var bits = algorithm.substring(2);
    if (algorithm.startsWith("PS")) {
      var made = Signature.getInstance("RSASSA-PSS");
      made.setParameter(new PSSParameterSpec(
          "SHA-" + bits,
          "MGF1",
          new MGF1ParameterSpec("SHA-" + bits),
          Integer.parseInt(bits) / 8,
          PSSParameterSpec.TRAILER_FIELD_BC));
      return made;
    }
    return Signature.getInstance(
        "SHA" + bits + (algorithm.startsWith("ES") ? "withECDSAinP1363Format" : "withRSA"));
  }
}
