package io.umbel.launcher.identity;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.AuthKey;
import io.umbel.launcher.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;

/** Signs tokens for a gateway with the same settings, where nobody else does. */
public final class Minting {

  private final Vertx vertx;
  private final JsonObject key;
  private final Settings settings;

  /**
   * With the key that these settings mean.
   *
   * @param data the directory of the development key, which is made if it is not there
   * @throws Refusal if an identity provider issues the tokens
   */
  public Minting(Vertx vertx, Settings settings, Path data) {
    if (Guarding.of(settings) == Guarding.PROVIDER) {
      throw Refusal.tokensElsewhere(
          settings.isGiven(AuthKey.ISSUER) ? settings.text(AuthKey.ISSUER) : "its issuer");
    }
    this.vertx = vertx;
    this.settings = settings;
    this.key = settings.isGiven(AuthKey.SECRET)
        ? secret(settings.text(AuthKey.SECRET))
        : new DevelopmentKey(data).jwk();
  }

  /** A secret as a JSON Web Key. */
  static JsonObject secret(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return JsonObject.of("kty", "oct", "alg", "HS256")
        .put("k", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** A token. */
  public String token(Wanted wanted) {
    var claims = wanted.claims().put("jti", UUID.randomUUID().toString());
    var options = new JWTOptions()
        .setAlgorithm(key.getString("alg"))
        .setIssuer(issuer())
        .setExpiresInSeconds(Math.toIntExact(wanted.life().toSeconds()));
    settings.texts(AuthKey.AUDIENCE).stream().findFirst().ifPresent(options::addAudience);
    return JWTAuth.create(vertx, new JWTAuthOptions().addJwk(key)).generateToken(claims, options);
  }

  private String issuer() {
    return settings.isGiven(AuthKey.ISSUER) ? settings.text(AuthKey.ISSUER) : DevelopmentKey.ISSUER;
  }
}
