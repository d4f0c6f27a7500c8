package io.umbel.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Proves callers by their tokens. A token that was good is believed for a minute without looking
 * again, by its hash; one that is being looked at is looked at once.
 */
final class TokenIdentity implements Identity {

  private static final Duration BELIEVED = Duration.ofSeconds(60);
  private static final int REMEMBERED = 10_000;
  private static final int RETRY_SECONDS = 5;
  private static final Future<Identified> REFUSED =
      Future.failedFuture(McpException.unauthenticated());

  private final JwtCheck jwts;
  private final Registers registers;
  private final Clock clock;
  private final Cache<String, Believed> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final Map<String, Future<Optional<Identified>>> judging = new HashMap<>();

  private record Believed(Identified who, long until) {}

  TokenIdentity(JwtCheck jwts, Registers registers, Clock clock) {
    this.jwts = jwts;
    this.registers = registers;
    this.clock = clock;
  }

  @Override
  public Future<Identified> identify(List<String> authorization, Supplier<Future<Void>> mayVerify) {
    var token = BearerToken.in(authorization);
    if (token.isEmpty()) {
      return REFUSED;
    }
    var found = token.get().isApiKey() ? byApiKey(token.get()) : byJwt(token.get(), mayVerify);
    return found.compose(this::admit, this::cannotTell);
  }

  private Future<Identified> admit(Optional<Identified> found) {
    if (found.isEmpty() || found.get().expiresAt() <= clock.millis()) {
      return REFUSED;
    }
    return registers
        .standing()
        .of(found.get().caller())
        .compose(good -> good ? Future.succeededFuture(found.get()) : REFUSED, this::cannotTell);
  }

  private Future<Optional<Identified>> byApiKey(BearerToken token) {
    return registers
        .apiKeys()
        .find(token.hash())
        .map(found ->
            found.map(key -> new Identified(key.caller(), token.fingerprint(), key.expiresAt())));
  }

  private Future<Optional<Identified>> byJwt(BearerToken token, Supplier<Future<Void>> mayVerify) {
    var believed = known.getIfPresent(token.hash());
    if (believed != null && clock.millis() < believed.until()) {
      return Future.succeededFuture(Optional.of(believed.who()));
    }
    var running = judging.get(token.hash());
    return running == null ? mayVerify.get().compose(may -> judge(token)) : running;
  }

  private Future<Optional<Identified>> judge(BearerToken token) {
    var judged = jwts.judge(token)
        .onSuccess(found -> found.ifPresent(who ->
            known.put(token.hash(), new Believed(who, clock.millis() + BELIEVED.toMillis()))));
    if (!judged.isComplete()) {
      judging.put(token.hash(), judged);
      judged.onComplete(done -> judging.remove(token.hash()));
    }
    return judged;
  }

  /** A token that cannot be judged is not admitted, but it is not called bad either. */
  private Future<Identified> cannotTell(Throwable why) {
    return why instanceof McpException known
        ? Future.failedFuture(known)
        : Future.failedFuture(McpException.unavailable(
            "Tokens cannot be checked at the moment: try again", RETRY_SECONDS));
  }

  @Override
  public Future<Void> open() {
    return jwts.keys().open();
  }

  @Override
  public boolean isAsking() {
    return true;
  }

  @Override
  public boolean isReady() {
    return jwts.keys().isReady();
  }

  @Override
  public void close() {
    jwts.close();
  }
}
