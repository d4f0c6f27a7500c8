package io.umbel.gateway.identity;

import io.umbel.gateway.identity.IdentitySettings.Keys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys an identity provider publishes, read now and then, and when a token names one that is
 * not known: by one request at a time, and not too often. While the provider is away the keys that
 * are known stay good.
 *
 * <p>Belongs to one gateway verticle and is used on its thread only.
 */
final class PublishedKeys implements Keyring {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);

  private final Vertx vertx;
  private final Keys settings;
  private final KeyFetch fetch;
  private final KeyReader reader;
  private final Clock clock;
  private final List<VerificationKey> fixed;
  private List<VerificationKey> keys;
  private Future<Void> running;
  private boolean away = true;
  private boolean wasRead;
  private long askedAt = Long.MIN_VALUE / 2;
  private long timer;
  private boolean closed;

  PublishedKeys(Vertx vertx, Keys settings, KeyReader reader, Clock clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.reader = reader;
    this.clock = clock;
    this.fetch = new KeyFetch(vertx, settings.url());
    this.fixed = reader.configured(settings.fixed());
    this.keys = fixed;
  }

  @Override
  public Future<Void> open() {
    return refresh();
  }

  @Override
  public Future<List<VerificationKey>> mayHaveSigned(Jwt token) {
    var known = FixedKeys.among(keys, token);
    if (!known.isEmpty()) {
      return Future.succeededFuture(known);
    }
    var asked = running != null || clock.millis() - askedAt >= settings.pause().toMillis();
    return (asked ? refresh() : Future.<Void>succeededFuture()).compose(read -> judged(token));
  }

  /** A key that is not known may be one that the provider would have told of. */
  private Future<List<VerificationKey>> judged(Jwt token) {
    var known = FixedKeys.among(keys, token);
    return known.isEmpty() && away
        ? Future.failedFuture(new Unjudged("the identity provider does not tell its keys"))
        : Future.succeededFuture(known);
  }

  @Override
  public boolean isReady() {
    return wasRead;
  }

  @Override
  public void close() {
    closed = true;
    vertx.cancelTimer(timer);
    fetch.close();
  }

  /** Reads the keys, or joins whoever reads them already. Never fails. */
  private Future<Void> refresh() {
    if (running == null) {
      askedAt = clock.millis();
      vertx.cancelTimer(timer);
      var now = fetch.read().map(reader::published).compose(PublishedKeys::some);
      running =
          now.onSuccess(this::take).onFailure(this::missed).<Void>mapEmpty().otherwiseEmpty();
      running.onComplete(done -> askAgainLater());
    }
    return running;
  }

  private static Future<List<VerificationKey>> some(List<VerificationKey> read) {
    return read.isEmpty()
        ? Future.failedFuture("there is no key in it that can be used here")
        : Future.succeededFuture(read);
  }

  private void take(List<VerificationKey> read) {
    var all = new ArrayList<>(fixed);
    all.addAll(read);
    keys = List.copyOf(all);
    if (away) {
      LOG.info("The identity provider's keys are read: {} of them", read.size());
    }
    away = false;
    wasRead = true;
  }

  private void missed(Throwable why) {
    away = true;
    LOG.warn(
        "The identity provider's keys cannot be read from {}: {}; {}",
        settings.url(),
        why.getMessage(),
        wasRead ? "those that are known stay in use" : "their tokens cannot be checked");
  }

  private void askAgainLater() {
    running = null;
    if (!closed) {
      var wait = away ? settings.pause() : settings.refresh();
      timer = vertx.setTimer(Math.max(1, wait.toMillis()), due -> refresh());
    }
  }
}
