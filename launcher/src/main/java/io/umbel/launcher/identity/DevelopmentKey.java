package io.umbel.launcher.identity;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.node.OwnerFile;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.UUID;

/**
 * The key of one data directory, with which tokens are signed where there is nobody else to issue
 * them: a JSON Web Key for ES256, which every JWT library reads, in a file for its owner's eyes.
 */
public final class DevelopmentKey {

  /** Who issues its tokens. */
  static final String ISSUER = "urn:umbel:development";

  private static final String NAME = "identity.jwk";
  private static final int COORDINATE_BYTES = 32;

  private final Path file;

  /** The key in that data directory. */
  public DevelopmentKey(Path directory) {
    this.file = directory.resolve(NAME);
  }

  /** Whether it has been made already. */
  public boolean exists() {
    return Files.exists(file);
  }

  /** All of it; made if it is not there. */
  JsonObject jwk() {
    var text = new OwnerFile(file).read(() -> generate().encode());
    try {
      var jwk = new JsonObject(text);
      if ("EC".equals(jwk.getString("kty")) && jwk.containsKey("d")) {
        return jwk;
      }
    } catch (DecodeException | ClassCastException e) {
      // Told below.
    }
    throw Refusal.unreadable(file, "it does not hold a key; remove it for a new one");
  }

  /** What everybody may know of it. */
  JsonObject publicJwk() {
    var jwk = jwk();
    jwk.remove("d");
    return jwk;
  }

  private static JsonObject generate() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return jwk(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has P-256", e);
    }
  }

  private static JsonObject jwk(KeyPair pair) {
    var point = ((ECPublicKey) pair.getPublic()).getW();
    return JsonObject.of("kty", "EC", "crv", "P-256", "alg", "ES256", "use", "sig")
        .put("kid", UUID.randomUUID().toString())
        .put("x", encoded(point.getAffineX()))
        .put("y", encoded(point.getAffineY()))
        .put("d", encoded(((ECPrivateKey) pair.getPrivate()).getS()));
  }

  private static String encoded(BigInteger number) {
    var bytes = number.toByteArray();
    var fitted = new byte[COORDINATE_BYTES];
    var signs = Math.max(0, bytes.length - COORDINATE_BYTES);
    System.arraycopy(
        bytes, signs, fitted, COORDINATE_BYTES - bytes.length + signs, bytes.length - signs);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fitted);
  }
}
