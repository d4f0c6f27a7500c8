package io.umbel.gateway.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that an issuer signs with: by the JDK alone, so that no library agrees with itself. */
public final class IssuerKey {

  private final String kid;
  private final String algorithm;
  private final KeyPair pair;
  private final byte[] secret;

  private IssuerKey(String kid, String algorithm, KeyPair pair, byte[] secret) {
    this.kid = kid;
    this.algorithm = algorithm;
    this.pair = pair;
    this.secret = secret;
  }

  public static IssuerKey rs256(String kid) {
    return rsa(kid, 2048);
  }

  public static IssuerKey rsa(String kid, int bits) {
    return of(kid, "RS256", () -> {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    });
  }

  public static IssuerKey es256(String kid) {
    return of(kid, "ES256", () -> {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    });
  }

  public static IssuerKey edDsa(String kid) {
    return of(kid, "EdDSA", () -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
  }

  public static IssuerKey hs256(String kid, byte[] secret) {
    return new IssuerKey(kid, "HS256", null, secret);
  }

  public String kid() {
    return kid;
  }

  /** A token with these claims. */
  public String sign(JsonObject claims) {
    return sign(new JsonObject(), claims);
  }

  /** A token whose header says these things too. */
  public String sign(JsonObject header, JsonObject claims) {
    var whole = JsonObject.of("alg", algorithm, "typ", "JWT").mergeIn(header);
    if (kid != null && !header.containsKey("kid")) {
      whole.put("kid", kid);
    }
    var input =
        encode(whole.encode().getBytes(UTF_8)) + "." + encode(claims.encode().getBytes(UTF_8));
    return input + "." + encode(signature(input.getBytes(US_ASCII)));
  }

  /** The public key; the secret where there is no other. */
  public JsonObject jwk() {
    var jwk = JsonObject.of("use", "sig", "alg", algorithm).put("kid", kid);
    if (secret != null) {
      return jwk.put("kty", "oct").put("k", encode(secret));
    }
    if (pair.getPublic() instanceof RSAPublicKey rsa) {
      return jwk.put("kty", "RSA")
          .put("n", encode(unsigned(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8)))
          .put("e", encode(rsa.getPublicExponent().toByteArray()));
    }
    if (pair.getPublic() instanceof ECPublicKey ec) {
      return jwk.put("kty", "EC")
          .put("crv", "P-256")
          .put("x", encode(unsigned(ec.getW().getAffineX(), 32)))
          .put("y", encode(unsigned(ec.getW().getAffineY(), 32)));
    }
    var encoded = ((EdECPublicKey) pair.getPublic()).getEncoded();
    var raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return jwk.put("kty", "OKP").put("crv", "Ed25519").put("x", encode(raw));
  }

  /** The public key in the words that everybody may know, as an HMAC secret. */
  public byte[] publicBytes() {
    return pair.getPublic().getEncoded();
  }

  private byte[] signature(byte[] input) {
    try {
      if (secret != null) {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(input);
      }
      var signing = Signature.getInstance(
          switch (algorithm) {
            case "RS256" -> "SHA256withRSA";
            case "ES256" -> "SHA256withECDSAinP1363Format";
            default -> "EdDSA";
          });
      signing.initSign(pair.getPrivate());
      signing.update(input);
      return signing.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] unsigned(BigInteger number, int length) {
    var bytes = number.toByteArray();
    var fitted = new byte[length];
    var from = Math.max(0, bytes.length - length);
    System.arraycopy(bytes, from, fitted, length - bytes.length + from, bytes.length - from);
    return fitted;
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private interface Generation {
    KeyPair generate() throws GeneralSecurityException;
  }

  private static IssuerKey of(String kid, String algorithm, Generation generation) {
    try {
      return new IssuerKey(kid, algorithm, generation.generate(), null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
