package io.umbel.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps secrets: AES-256-GCM under the newest key, whose name stands before the text, so that older
 * keys go on reading what they wrote. A text is good for what it was written for and for nothing
 * else.
 *
 * <p>Thread-safe.
 */
public final class Vault implements Shareable {

  private static final String ROOM = "umbel";
  private static final String NAME = "vault";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, VaultKey> keys = new LinkedHashMap<>();
  private final String newest;

  /** One with these keys, the newest first. */
  public Vault(List<VaultKey> keys) {
    keys.forEach(key -> this.keys.put(key.id(), key));
    newest = keys.isEmpty() ? null : keys.get(0).id();
  }

  /** That of the node, which has no keys where nobody gave it any. */
  public static Vault of(Vertx vertx) {
    var installed = vertx.sharedData().<String, Vault>getLocalMap(ROOM).get(NAME);
    return installed == null ? new Vault(List.of()) : installed;
  }

  /** Lets what is deployed there find it. */
  public Vault installOn(Vertx vertx) {
    vertx.sharedData().<String, Vault>getLocalMap(ROOM).put(NAME, this);
    return this;
  }

  /**
   * What can be kept anywhere: the name of the key, a dot, nonce and ciphertext in base64url.
   *
   * @param bound what the secret is good for: ids of it and of its account
   */
  public String seal(String bound, String secret) {
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      var sealed =
          cipher(Cipher.ENCRYPT_MODE, newest, nonce, bound).doFinal(secret.getBytes(UTF_8));
      var whole = ByteBuffer.allocate(nonce.length + sealed.length)
          .put(nonce)
          .put(sealed)
          .array();
      return newest + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has AES-256-GCM", e);
    }
  }

  /**
   * What was kept.
   *
   * @throws Unreadable if no key here reads it, or it was not kept for that
   */
  public String open(String bound, String sealed) {
    var dot = sealed.indexOf('.');
    var id = dot < 0 ? "" : sealed.substring(0, dot);
    if (!keys.containsKey(id)) {
      throw new Unreadable("were kept with the key \"" + id + "\", which this node does not have");
    }
    try {
      var whole = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
      var nonce = java.util.Arrays.copyOf(whole, NONCE_BYTES);
      var cipher = cipher(Cipher.DECRYPT_MODE, id, nonce, bound);
      return new String(cipher.doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES), UTF_8);
    } catch (AEADBadTagException | IllegalArgumentException e) {
      throw new Unreadable("are not as they were kept");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has AES-256-GCM", e);
    }
  }

  /** The name of the key that new secrets are kept with, or null where there is none. */
  public String newest() {
    return newest;
  }

  private Cipher cipher(int mode, String id, byte[] nonce, String bound)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance(CIPHER);
    var key = new SecretKeySpec(keys.get(id).bytes(), "AES");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound.getBytes(UTF_8));
    return cipher;
  }

  /** Secrets that cannot be read here: its message says what they are. No stack. */
  public static final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreadable(String why) {
      super(why, null, false, false);
    }
  }
}
