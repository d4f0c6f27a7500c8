package io.umbel.contract;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret every node of one cluster shares. It is never used itself: each purpose gets a key of
 * its own, derived by HMAC-SHA256 (the expand step of RFC 5869), so that no seal of one purpose can
 * be replayed as another.
 */
public final class ClusterSecret {

  /** The shortest secret taken, in bytes. */
  public static final int MIN_BYTES = 32;

  private static final String HMAC = "HmacSHA256";

  private final byte[] secret;

  private ClusterSecret(byte[] secret) {
    this.secret = secret;
  }

  /**
   * The secret of a cluster.
   *
   * @param secret at least {@value #MIN_BYTES} bytes
   * @throws IllegalArgumentException if it is shorter
   */
  public static ClusterSecret of(byte[] secret) {
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "The cluster secret has " + secret.length + " bytes; it needs at least " + MIN_BYTES);
    }
    return new ClusterSecret(secret.clone());
  }

  /** A secret for a process that is alone: nobody else can know it. */
  public static ClusterSecret random() {
    var bytes = new byte[MIN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new ClusterSecret(bytes);
  }

  /**
   * A 256-bit key for one purpose.
   *
   * @param purpose what it seals, for example {@code session}
   */
  public byte[] key(String purpose) {
    return hmac(secret).doFinal(("umbel/" + purpose + "\u0001").getBytes(StandardCharsets.UTF_8));
  }

  /** A signer with the key of this purpose. */
  public Signer signer(String purpose) {
    return new Signer(hmac(key(purpose)));
  }

  private static Mac hmac(byte[] key) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + HMAC, e);
    }
  }
}
