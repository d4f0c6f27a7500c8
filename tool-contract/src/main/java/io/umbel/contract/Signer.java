package io.umbel.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;

/** Signs and checks bytes with one key (HMAC-SHA256, base64url without padding). Thread-safe. */
public final class Signer {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final Mac prototype;

  Signer(Mac prototype) {
    this.prototype = prototype;
  }

  /** The signature of these parts, in this order; each part's length is signed with it. */
  public String sign(byte[]... parts) {
    var mac = copy();
    for (var part : parts) {
      mac.update(Integer.toString(part.length).getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) ':');
      mac.update(part);
    }
    return BASE64.encodeToString(mac.doFinal());
  }

  /** Whether the signature is that of these parts, compared in constant time. */
  public boolean matches(String signature, byte[]... parts) {
    return signature != null
        && MessageDigest.isEqual(
            signature.getBytes(StandardCharsets.US_ASCII),
            sign(parts).getBytes(StandardCharsets.US_ASCII));
  }

  private Mac copy() {
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JDK's HmacSHA256 can be cloned", e);
    }
  }
}
