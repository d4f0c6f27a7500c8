package io.umbel.gateway.wire;

import io.umbel.contract.ClusterSecret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts facts into a text that clients carry and only this cluster can read or make (AES-256-GCM,
 * base64url): any node opens what another sealed, and nothing is stored. Thread-safe.
 */
public final class Sealer {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  /**
   * A sealer for one purpose.
   *
   * @param purpose what is sealed; one purpose's text cannot be opened as another's
   */
  public Sealer(ClusterSecret secret, String purpose) {
    this.key = new SecretKeySpec(secret.key(purpose), "AES");
  }

  /** The facts as visible ASCII text. */
  public String seal(JsonObject facts) {
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(facts.toBuffer().getBytes());
      var text = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
          .put(nonce)
          .put(sealed)
          .array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + CIPHER, e);
    }
  }

  /** The facts, or nothing where the text was not sealed here for this purpose. */
  public Optional<JsonObject> open(String text) {
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length <= NONCE_BYTES) {
        return Optional.empty();
      }
      var nonce = java.util.Arrays.copyOf(bytes, NONCE_BYTES);
      var cipher = cipher(Cipher.DECRYPT_MODE, nonce);
      var facts = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return Optional.of(Buffer.buffer(facts).toJsonObject());
    } catch (IllegalArgumentException | GeneralSecurityException | DecodeException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
