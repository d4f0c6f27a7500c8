package io.umbel.tools.issues.webhook;

import io.umbel.storage.Vault;
import io.umbel.tools.issues.webhook.WebhookRows.Door;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what trackers send when something changes there. Whoever knocks has to know the tracker's
 * secret, which is made here, shown once and kept sealed; which issue it is about is all that is
 * taken from what they say, and that issue is read anew from the tracker itself.
 */
public final class Webhooks {

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;

  /** Somebody who knocks at no door is looked at just as long. */
  private static final String NOBODYS = secret();

  private final WebhookRows rows;
  private final Vault vault;
  private final Runnable queued;

  /**
   * The webhooks of all trackers.
   *
   * @param queued hears that an issue is to be read anew
   */
  public Webhooks(Pool pool, Vault vault, Runnable queued) {
    this.rows = new WebhookRows(pool);
    this.vault = vault;
    this.queued = queued;
  }

  /** Whether secrets can be kept here. */
  public boolean canKeep() {
    return vault.newest() != null;
  }

  /**
   * Makes a new secret for a tracker, in place of the one it has; nothing for one that has none.
   */
  public Future<Optional<String>> open(String account, UUID tracker) {
    var secret = secret();
    return rows.put(account, tracker, vault.seal(bound(account, tracker), secret))
        .map(kept -> kept ? Optional.of(secret) : Optional.empty());
  }

  /** From now on nobody may knock; whether anybody could. */
  public Future<Boolean> close(String account, UUID tracker) {
    return rows.drop(account, tracker);
  }

  /**
   * Takes a delivery.
   *
   * @param request {@code id}, {@code headers} in lower case, {@code secret} and {@code body} in
   *     base64
   * @return what became of it; nothing for one that is not to be believed, whyever
   */
  public Future<Optional<String>> take(JsonObject request) {
    var knock = new Knock(
        Buffer.buffer(request.getBinary("body", new byte[0])),
        request.getJsonObject("headers", new JsonObject()),
        request.getString("secret"));
    return Future.succeededFuture(id(request))
        .compose(id -> id == null ? Future.succeededFuture(Optional.empty()) : rows.find(id))
        .compose(found -> {
          var expected = found.map(this::expected).orElse(NOBODYS);
          var type = found.map(Door::type).orElse("github");
          return knock.isFrom(type, expected) && found.isPresent()
              ? taken(found.get(), knock).map(Optional::of)
              : Future.succeededFuture(Optional.empty());
        });
  }

  private Future<String> taken(Door door, Knock knock) {
    var delivery = knock.delivery();
    var body = "body:" + knock.digest();
    var marks = delivery == null ? new String[] {body} : new String[] {"id:" + delivery, body};
    return rows.take(door, marks, subject(door, knock)).onSuccess(done -> {
      if (done.equals("queued")) {
        queued.run();
      }
    });
  }

  private static Optional<Subject> subject(Door door, Knock knock) {
    try {
      return Subject.of(door.type(), knock.body().toJsonObject());
    } catch (DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }

  private String expected(Door door) {
    try {
      return vault.open(bound(door.account(), door.tracker()), door.sealed());
    } catch (Vault.Unreadable e) {
      LOG.atWarn()
          .addKeyValue("account", door.account())
          .addKeyValue("tracker", door.tracker())
          .log("The secret of a webhook cannot be read with the keys of this node");
      return secret();
    }
  }

  private static UUID id(JsonObject request) {
    try {
      return UUID.fromString(request.getString("id", ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String bound(String account, UUID tracker) {
    return "webhook of tracker " + tracker + " of " + account;
  }

  private static String secret() {
    var bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
