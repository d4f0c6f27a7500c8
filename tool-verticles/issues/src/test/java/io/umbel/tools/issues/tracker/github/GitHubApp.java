package io.umbel.tools.issues.tracker.github;

import io.umbel.tools.issues.tracker.PlayedApi.Asked;
import io.umbel.tools.issues.tracker.PlayedApi.Told;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/**
 * A GitHub App that is installed once. It believes a token that its private key signed, not older
 * than ten minutes from beginning to end (docs.github.com/apps: generating a JSON web token).
 */
final class GitHubApp {

  static final String ISSUED = "ghs_";
  static final String ID = "4711";
  static final String INSTALLATION = "99";

  private static final KeyPair KEYS = pair();

  final KeyPair keys;
  final Set<String> issued = new HashSet<>();
  Instant clock = Instant.EPOCH;
  Instant expires = Instant.EPOCH;

  GitHubApp() {
    this(KEYS);
  }

  private GitHubApp(KeyPair keys) {
    this.keys = keys;
  }

  /** One with a key of its own. */
  static GitHubApp another() {
    return new GitHubApp(pair());
  }

  /** Its private key, as GitHub lets one download it but in PKCS#8. */
  String pem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** As GitHub has it: PKCS#1, which is the inner part of PKCS#8. */
  String pkcs1() {
    var whole = keys.getPrivate().getEncoded();
    var inner = java.util.Arrays.copyOfRange(whole, 26, whole.length);
    return "-----BEGIN RSA PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(inner)
        + "\n-----END RSA PRIVATE KEY-----\n";
  }

  boolean knows(String token) {
    return issued.contains(token);
  }

  Told token(Asked asked, String now) {
    var given = String.valueOf(asked.headers().get("Authorization")).replaceFirst("^Bearer ", "");
    if (!isSigned(given)) {
      return GitHubServer.problem(401, "A JSON web token could not be decoded");
    }
    if (!asked.group(1).equals(INSTALLATION)) {
      return GitHubServer.problem(404, "Not Found");
    }
    var token = ISSUED + issued.size();
    issued.add(token);
    return Told.of(
        201,
        JsonObject.of("token", token, "expires_at", expires.toString())
            .put("permissions", JsonObject.of("issues", "write")));
  }

  private boolean isSigned(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return false;
    }
    try {
      var verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(keys.getPublic());
      verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      var claims = new JsonObject(
          new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
      var at = clock.getEpochSecond();
      return verifier.verify(Base64.getUrlDecoder().decode(parts[2]))
          && ID.equals(claims.getString("iss"))
          && claims.getLong("iat") <= at
          && claims.getLong("exp") > at
          && claims.getLong("exp") <= at + 600;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
