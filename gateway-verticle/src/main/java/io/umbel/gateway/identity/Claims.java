package io.umbel.gateway.identity;

import io.umbel.gateway.identity.IdentitySettings.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Whether a token says of itself that it is good, here and now. Cheap, so it is asked first. */
final class Claims {

  /** How far the clocks of issuer and gateway may be apart. */
  static final Duration SKEW = Duration.ofSeconds(30);

  /** Claims in which some issuers say what a token is; a refresh or an id token is no key. */
  private static final List<String> KINDS = List.of("type", "typ", "token_use");

  private static final Set<String> ACCESS = Set.of("access", "bearer", "jwt", "at+jwt");
  private static final long MOST_SECONDS = Long.MAX_VALUE / 4_000;

  private final Tokens tokens;
  private final Supplier<String> resource;
  private final Clock clock;

  /**
   * The checks for these tokens.
   *
   * @param resource the gateway's own resource identifier
   */
  Claims(Tokens tokens, Supplier<String> resource, Clock clock) {
    this.tokens = tokens;
    this.resource = resource;
    this.clock = clock;
  }

  boolean areGood(Jwt token) {
    var claims = token.claims();
    return tokens.algorithms().contains(token.algorithm())
        && isAccess(claims)
        && isNow(claims)
        && (tokens.issuer() == null || tokens.issuer().equals(claims.getValue("iss")))
        && isForHere(claims.getValue("aud"));
  }

  /** When it is over, in milliseconds since 1970, the skew included. */
  static long expiry(JsonObject claims) {
    return seconds(claims.getValue("exp")).orElse(0L) * 1000 + SKEW.toMillis();
  }

  private boolean isNow(JsonObject claims) {
    var now = clock.millis();
    return now < expiry(claims)
        && hasBegun(claims.getValue("nbf"), now)
        && hasBegun(claims.getValue("iat"), now);
  }

  private static boolean hasBegun(Object since, long now) {
    return since == null
        || seconds(since).filter(begun -> begun * 1000 <= now + SKEW.toMillis()).isPresent();
  }

  private static Optional<Long> seconds(Object claim) {
    return claim instanceof Number number
            && number.doubleValue() >= 0
            && number.doubleValue() < MOST_SECONDS
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  private static boolean isAccess(JsonObject claims) {
    var refresh = claims.getValue("refresh");
    return (refresh == null || Boolean.FALSE.equals(refresh))
        && !claims.containsKey("cnf") // bound to a key that a bearer does not show
        && KINDS.stream().map(claims::getValue).allMatch(Claims::isAccessKind);
  }

  private static boolean isAccessKind(Object kind) {
    return kind == null
        || (kind instanceof String text && ACCESS.contains(text.toLowerCase(Locale.ROOT)));
  }

  private boolean isForHere(Object audience) {
    var wanted = tokens.audiences() == null ? Set.of(resource.get()) : tokens.audiences();
    return wanted.isEmpty()
        || (audience instanceof JsonArray several
            ? several.stream().anyMatch(one -> one instanceof String && wanted.contains(one))
            : audience instanceof String && wanted.contains(audience));
  }
}
