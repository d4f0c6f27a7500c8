package io.umbel.tools.issues.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.storage.Vault;
import io.umbel.storage.VaultKey;
import io.umbel.tools.issues.webhook.Webhooks;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a tracker's webhook believes, and what it does then. */
class WebhooksTest extends SyncedCopies {

  private final Vault vault = new Vault(List.of(new VaultKey("k", new byte[VaultKey.BYTES])));
  private Webhooks webhooks;
  private String secret;
  private String number;

  @BeforeEach
  void openWebhook() {
    number = far().put("WEB", "As it was");
    var syncs = opened();
    until(now -> now.getString("state").equals("idle"));
    webhooks = new Webhooks(pool(), vault, syncs::reread);
    secret = webhooks.open(ACCOUNT, tracker()).await().orElseThrow();
    heard().clear();
  }

  @Test
  void anIssueIsReadAnewFromTheTrackerAndNotFromWhatWasSent() {
    far().put("WEB", number, JsonObject.of("title", "As it is"));
    assertThat(github(secret, "d1", body("Forged", number))).isEqualTo("queued");
    await("SELECT title FROM issues", "As it is");
    await("SELECT count(*) FROM rereads", "0");
    assertThat(heard()).containsExactly("issue-updated WEB#" + number);
    assertThat(one("SELECT before FROM history WHERE actor = 'tracker'")).isEqualTo("As it was");
  }

  @Test
  void anIssueThatIsGoneThereGoesHereAtOnce() {
    far().remove("WEB", number);
    assertThat(github(secret, "d1", body("x", number))).isEqualTo("queued");
    await("SELECT count(*) FROM issues", "0");
    await("SELECT count(*) FROM rereads", "0");
    assertThat(heard()).containsExactly("issue-deleted WEB#" + number);
  }

  @Test
  void whatIsNotSignedWithTheSecretIsRefusedAsIfThereWereNoSuchTracker() {
    var body = body("x", number);
    assertThat(github("another", "d1", body)).isNull();
    assertThat(take(tracker(), new JsonObject(), body, null)).isNull();
    assertThat(take(tracker(), JsonObject.of("x-gitlab-token", secret), body, null))
        .isNull();
    assertThat(take(UUID.randomUUID(), signed(secret, "d1", body), body, null)).isNull();
    assertThat(webhooks.take(JsonObject.of("id", "no id")).await()).isEmpty();
    assertThat(one("SELECT count(*) FROM deliveries")).isEqualTo("0");
    assertThat(one("SELECT count(*) FROM rereads")).isEqualTo("0");
  }

  @Test
  void aDeliveryThatComesAgainDoesNothing() {
    var body = body("x", number);
    assertThat(github(secret, "d1", body)).isEqualTo("queued");
    assertThat(github(secret, "d1", body)).isEqualTo("repeated");
    assertThat(github(secret, "another id, which is not signed", body)).isEqualTo("repeated");
    one("UPDATE deliveries SET at = now() - interval '73 hours' RETURNING account");
    assertThat(github(secret, "d1", body)).isEqualTo("queued");
  }

  @Test
  void whatIsAboutNoIssueOfItsProjectsIsIgnored() {
    assertThat(github(secret, "d1", "{\"zen\": \"Keep it simple\"}")).isEqualTo("ignored");
    assertThat(github(secret, "d2", "no JSON")).isEqualTo("ignored");
    var pull = new JsonObject(body("x", number));
    pull.getJsonObject("issue").put("pull_request", new JsonObject());
    assertThat(github(secret, "d3", pull.encode())).isEqualTo("ignored");
    var elsewhere = new JsonObject(body("x", number));
    elsewhere.getJsonObject("repository").put("full_name", "OTHER");
    assertThat(github(secret, "d4", elsewhere.encode())).isEqualTo("ignored");
  }

  @Test
  void aNewSecretTakesThePlaceOfTheOldOneAndNoneIsKeptInTheClear() {
    var body = body("x", number);
    var second = webhooks.open(ACCOUNT, tracker()).await().orElseThrow();
    assertThat(github(secret, "d1", body)).isNull();
    assertThat(one("SELECT secret FROM webhooks")).startsWith("k.").doesNotContain(second);
    assertThat(github(second, "d1", body)).isEqualTo("queued");
    assertThat(webhooks.close(ACCOUNT, tracker()).await()).isTrue();
    assertThat(github(second, "d2", body("y", number))).isNull();
    assertThat(webhooks.open("other", tracker()).await()).isEmpty();
  }

  @Test
  void gitLabSendsItsTokenAndJiraSignsOrHasItInTheUrl() {
    one("UPDATE trackers SET tracker_type = 'gitlab' RETURNING account");
    var note = "{\"object_kind\":\"note\",\"project\":{\"path_with_namespace\":\"WEB\"},"
        + "\"issue\":{\"iid\":" + number + "}}";
    var token = JsonObject.of("x-gitlab-token", secret, "x-gitlab-event-uuid", "u1");
    assertThat(take(tracker(), token, note, null)).isEqualTo("queued");
    assertThat(take(tracker(), token.copy().put("x-gitlab-token", "no"), note, null))
        .isNull();
    one("UPDATE trackers SET tracker_type = 'jira' RETURNING account");
    var jira = "{\"issue\":{\"id\":\"" + number + "\",\"key\":\"WEB-9\"}}";
    var signed = JsonObject.of("x-hub-signature", signature(secret, jira));
    assertThat(take(tracker(), signed, jira, null)).isEqualTo("queued");
    assertThat(take(tracker(), new JsonObject(), jira + " ", secret)).isEqualTo("queued");
    assertThat(take(tracker(), new JsonObject(), jira + "  ", "no")).isNull();
    var forged = JsonObject.of("x-hub-signature", "sha256=00");
    assertThat(take(tracker(), forged, jira + "   ", secret)).isNull();
  }

  private String github(String key, String delivery, String body) {
    return take(tracker(), signed(key, delivery, body), body, null);
  }

  private static JsonObject signed(String key, String delivery, String body) {
    return JsonObject.of("x-hub-signature-256", signature(key, body))
        .put("x-github-delivery", delivery);
  }

  /** What became of it, or null where it was refused. */
  private String take(UUID id, JsonObject headers, String body, String query) {
    var request = JsonObject.of("id", id.toString(), "headers", headers)
        .put("body", body.getBytes(StandardCharsets.UTF_8))
        .put("secret", query);
    return webhooks.take(new JsonObject(request.encode())).await().orElse(null);
  }

  private static String body(String title, String number) {
    return JsonObject.of("action", "edited")
        .put("issue", JsonObject.of("number", Integer.valueOf(number), "title", title))
        .put("repository", JsonObject.of("full_name", "web"))
        .encode();
  }

  private static String signature(String key, String body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      var bytes = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(bytes);
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private void await(String query, String expected) {
    var found = new AtomicReference<>(one(query));
    until(now -> {
      found.set(one(query));
      return found.get().equals(expected);
    });
  }
}
