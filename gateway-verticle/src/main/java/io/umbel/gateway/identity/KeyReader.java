package io.umbel.gateway.identity;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes keys of JSON Web Keys. One that is malformed, too weak or for something else is skipped:
 * the others are still good.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517</a>
 */
final class KeyReader {

  private static final Logger LOG = LoggerFactory.getLogger(KeyReader.class);
  private static final int MOST_KEYS = 64;
  private static final int RSA_BYTES = 2048 / 8;
  private static final int MOST_RSA_BYTES = 8192 / 8;
  private static final int CURVE_BYTES = 32;

  private final Vertx vertx;

  KeyReader(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The good ones of keys that anybody may know: a shared secret among them is none. */
  List<VerificationKey> published(JsonObject set) {
    return set.getValue("keys") instanceof JsonArray keys
        ? keys.stream()
            .limit(MOST_KEYS)
            .flatMap(key -> key instanceof JsonObject jwk && !"oct".equals(jwk.getValue("kty"))
                ? read(jwk).stream()
                : Stream.empty())
            .toList()
        : List.of();
  }

  /** The good ones of keys that an operator has configured. */
  List<VerificationKey> configured(List<JsonObject> keys) {
    return keys.stream().flatMap(key -> read(key).stream()).toList();
  }

  private Optional<VerificationKey> read(JsonObject jwk) {
    try {
      return isForSignatures(jwk) ? Optional.of(key(jwk)) : Optional.empty();
    } catch (RuntimeException e) {
      LOG.warn("A key cannot be used and is skipped: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isForSignatures(JsonObject jwk) {
    var operations = jwk.getValue("key_ops");
    return (!jwk.containsKey("use") || "sig".equals(jwk.getValue("use")))
        && (!(operations instanceof JsonArray some) || some.contains("verify"));
  }

  private VerificationKey key(JsonObject jwk) {
    return switch (jwk.getString("kty", "")) {
      case "RSA" -> rsa(jwk);
      case "EC" -> key(jwk, Algorithm.ES256, on(jwk, "P-256", "x", "y"), 2 * CURVE_BYTES);
      case "OKP" -> key(jwk, Algorithm.EDDSA, on(jwk, "Ed25519", "x"), 2 * CURVE_BYTES);
      case "oct" -> shared(jwk);
      default -> throw new IllegalArgumentException("its kty is not known here");
    };
  }

  private VerificationKey rsa(JsonObject jwk) {
    var modulus = new BigInteger(1, bytes(jwk, "n"));
    var length = (modulus.bitLength() + 7) / 8;
    if (length < RSA_BYTES || length > MOST_RSA_BYTES || bytes(jwk, "e").length == 0) {
      throw new IllegalArgumentException("an RSA key must have 2048 to 8192 bits");
    }
    return key(jwk, Algorithm.RS256, only(jwk, "n", "e"), length);
  }

  private VerificationKey shared(JsonObject jwk) {
    if (bytes(jwk, "k").length < CURVE_BYTES) {
      throw new IllegalArgumentException("a shared secret must have 32 bytes");
    }
    return key(jwk, Algorithm.HS256, only(jwk, "k"), CURVE_BYTES);
  }

  private static JsonObject on(JsonObject jwk, String curve, String... coordinates) {
    for (var coordinate : coordinates) {
      if (bytes(jwk, coordinate).length != CURVE_BYTES) {
        throw new IllegalArgumentException("a coordinate must have 32 bytes");
      }
    }
    if (!curve.equals(jwk.getValue("crv"))) {
      throw new IllegalArgumentException("its curve is not known here");
    }
    return only(jwk, coordinates).put("crv", curve);
  }

  /** The library gets to see nothing but the key: no certificates, no other algorithm. */
  private static JsonObject only(JsonObject jwk, String... members) {
    var bare = JsonObject.of("kty", jwk.getString("kty"));
    for (var member : members) {
      bare.put(member, jwk.getString(member));
    }
    return bare;
  }

  private VerificationKey key(JsonObject jwk, Algorithm algorithm, JsonObject bare, int length) {
    if (!algorithm.text().equals(jwk.getString("alg", algorithm.text()))) {
      throw new IllegalArgumentException("its alg is not known here");
    }
    var options = new JWTAuthOptions()
        .addJwk(bare.put("alg", algorithm.text()))
        .setJWTOptions(new JWTOptions().setIgnoreExpiration(true)); // told before, by our clock
    return new VerificationKey(
        jwk.getString("kid"), algorithm, length, JWTAuth.create(vertx, options));
  }

  private static byte[] bytes(JsonObject jwk, String member) {
    var text = jwk.getString(member);
    if (text == null) {
      throw new IllegalArgumentException(member + " is missing");
    }
    return Base64.getUrlDecoder().decode(text);
  }
}
