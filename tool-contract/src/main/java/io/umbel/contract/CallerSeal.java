package io.umbel.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/**
 * Seals a {@link Caller} for one provider and opens it there: {@code base64url(json).signature},
 * where the json holds the caller, the provider it is for and its expiry. A provider obeys no call
 * without one, so a node that does not know the cluster's secret can neither forge a caller nor
 * replay one to another provider.
 *
 * <p>Sealing is remembered for half the seal's life and opening until it ends: on the hot path both
 * are one look-up. Thread-safe.
 */
public final class CallerSeal {

  /** How long one seal is good for. */
  public static final Duration LIFE = Duration.ofSeconds(60);

  private static final int REMEMBERED = 10_000;
  private static final int MAX_LENGTH = 16 * 1024;

  private final Signer signer;
  private final Clock clock;
  private final Cache<Addressee, Sealed> sealed =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final Cache<String, Opened> opened =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  private record Addressee(Caller caller, String provider) {}

  private record Sealed(String token, long renewAt) {}

  private record Opened(Caller caller, String provider, long expiresAt) {}

  public CallerSeal(ClusterSecret secret, Clock clock) {
    this.signer = secret.signer("caller");
    this.clock = clock;
  }

  /**
   * The caller as a token that only this provider takes, good for at least half of {@link #LIFE}.
   */
  public String seal(Caller caller, String provider) {
    var addressee = new Addressee(caller, provider);
    var now = clock.millis();
    var known = sealed.getIfPresent(addressee);
    if (known != null && now < known.renewAt()) {
      return known.token();
    }
    var token = newToken(caller, provider, now + LIFE.toMillis());
    sealed.put(addressee, new Sealed(token, now + LIFE.toMillis() / 2));
    return token;
  }

  /**
   * Whoever was sealed for this provider.
   *
   * @param token what {@link #seal} made, or null where a message carried none
   * @throws RefusedCaller if it is missing, altered, expired or for another provider
   */
  public Caller open(String token, String provider) {
    if (token == null) {
      throw new RefusedCaller("missing");
    }
    var known = opened.getIfPresent(token);
    if (known == null) {
      known = verify(token);
      opened.put(token, known);
    }
    if (clock.millis() >= known.expiresAt()) {
      throw new RefusedCaller("expired");
    }
    if (!known.provider().equals(provider)) {
      throw new RefusedCaller("meant for another provider");
    }
    return known.caller();
  }

  private String newToken(Caller caller, String provider, long expiresAt) {
    var json = new JsonObject().put("aud", provider).put("exp", expiresAt);
    var payload = json.put("caller", caller.toJson()).toBuffer().getBytes();
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(payload);
    return text + "." + signer.sign(text.getBytes(UTF_8));
  }

  private Opened verify(String token) {
    var dot = token.indexOf('.');
    if (dot < 0 || token.length() > MAX_LENGTH) {
      throw new RefusedCaller("altered");
    }
    try {
      var text = token.substring(0, dot);
      if (!signer.matches(token.substring(dot + 1), text.getBytes(UTF_8))) {
        throw new RefusedCaller("altered");
      }
      var json = new JsonObject(new String(Base64.getUrlDecoder().decode(text), UTF_8));
      return new Opened(
          Caller.fromJson(json.getJsonObject("caller")),
          json.getString("aud"),
          json.getLong("exp"));
    } catch (IllegalArgumentException | DecodeException e) {
      throw new RefusedCaller("altered");
    }
  }

  /** A caller that a provider must not believe. Final, and without a stack: it is an answer. */
  public static final class RefusedCaller extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedCaller(String why) {
      super("The caller of this call is " + why, null, false, false);
    }
  }
}
