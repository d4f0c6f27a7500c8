package io.umbel.tools.issues.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A delivery as it came: the bytes that a signature is over, and what stood beside them.
 *
 * @param headers with names in lower case
 * @param secret of its URL's query, or null
 */
record Knock(Buffer body, JsonObject headers, String secret) {

  private static final String SIGNED = "sha256=";

  /** Whether whoever sent it knows that secret, each kind in its own way. */
  boolean isFrom(String type, String expected) {
    return switch (type) {
      case "github" -> isSigned(headers.getString("x-hub-signature-256"), expected);
      case "gitlab" -> isSame(headers.getString("x-gitlab-token"), expected);
      case "jira" ->
        headers.getString("x-hub-signature") == null
            ? isSame(secret, expected)
            : isSigned(headers.getString("x-hub-signature"), expected);
      default -> false;
    };
  }

  /** What the tracker calls this delivery, the same when it is sent again; null where nothing. */
  String delivery() {
    for (var name : new String[] {
      "x-github-delivery",
      "idempotency-key",
      "x-gitlab-event-uuid",
      "x-atlassian-webhook-identifier"
    }) {
      var id = headers.getString(name);
      if (id != null && !id.isEmpty() && id.length() <= 200) {
        return id;
      }
    }
    return null;
  }

  /** SHA-256 of the body: no kind signs the id of a delivery, so the same body is the same one. */
  String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private boolean isSigned(String given, String expected) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(expected.getBytes(UTF_8), "HmacSHA256"));
      return isSame(given, SIGNED + HexFormat.of().formatHex(mac.doFinal(body.getBytes())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }

  /** Takes as long whatever is given. */
  private static boolean isSame(String given, String expected) {
    var text = given == null ? "" : given;
    return MessageDigest.isEqual(text.getBytes(UTF_8), expected.getBytes(UTF_8));
  }
}
