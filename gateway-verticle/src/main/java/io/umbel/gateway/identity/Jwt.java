package io.umbel.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Web Token, taken apart but not yet believed.
 *
 * @param text all of it
 * @param algorithm how it says it is signed
 * @param kid which key it says it is signed with, or null
 * @param signatureBytes how long its signature is
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best practices</a>
 */
record Jwt(String text, Algorithm algorithm, String kid, JsonObject claims, int signatureBytes) {

  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
  private static final int MAX_KID = 256;

  /** The token, if it is one that may be looked at further. */
  static Optional<Jwt> parse(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var header = new JsonObject(new String(decode(parts[0]), UTF_8));
      var claims = new JsonObject(new String(decode(parts[1]), UTF_8));
      var signature = decode(parts[2]);
      return hasKnownHeader(header)
          ? algorithm(header)
              .map(known -> new Jwt(text, known, header.getString("kid"), claims, signature.length))
          : Optional.empty();
    } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }

  private static Optional<Algorithm> algorithm(JsonObject header) {
    return header.getValue("alg") instanceof String name ? Algorithm.of(name) : Optional.empty();
  }

  /** What a header demands beyond what is known here ({@code crit}) cannot be honoured. */
  private static boolean hasKnownHeader(JsonObject header) {
    var kid = header.getValue("kid");
    return !header.containsKey("crit")
        && !header.containsKey("b64")
        && (kid == null || (kid instanceof String id && id.length() <= MAX_KID))
        && TYPES.contains(header.getString("typ", "jwt").toLowerCase(Locale.ROOT));
  }

  /** One text for each value: what decodes to the same in another spelling is no token. */
  private static byte[] decode(String part) {
    var bytes = Base64.getUrlDecoder().decode(part);
    if (bytes.length == 0
        || !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
      throw new IllegalArgumentException("not canonical");
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "a token";
  }
}
