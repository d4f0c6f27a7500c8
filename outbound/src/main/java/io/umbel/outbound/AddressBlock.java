package io.umbel.outbound;

import io.netty.util.NetUtil;
import java.util.Arrays;

/**
 * Network addresses that begin alike, as {@code 10.0.0.0/8} or {@code fc00::/7}; one without a
 * length is that address alone. An IPv4 address that is written as an IPv6 one is the IPv4 one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">CIDR</a>
 */
final class AddressBlock {

  private static final int V4 = 4;
  private static final int V6 = 16;

  private final byte[] start;
  private final int length;

  private AddressBlock(byte[] start, int length) {
    this.start = start;
    this.length = length;
  }

  /** The block of that text, or null where it is none. */
  static AddressBlock of(String text) {
    var slash = text.indexOf('/');
    var start = address(slash < 0 ? text : text.substring(0, slash));
    if (start == null) {
      return null;
    }
    var whole = start.length * 8;
    var length = slash < 0 ? "" + whole : text.substring(slash + 1);
    var fits = length.matches("\\d{1,3}") && Integer.parseInt(length) <= whole;
    return fits ? new AddressBlock(start, Integer.parseInt(length)) : null;
  }

  /** The bytes of an address, or null where the text is none. */
  static byte[] address(String text) {
    var bytes = NetUtil.createByteArrayFromIpAddressString(text);
    return bytes == null ? null : plain(bytes);
  }

  /** An IPv4 address as one, however it is written. */
  static byte[] plain(byte[] bytes) {
    if (bytes.length == V4) {
      return bytes;
    }
    for (int i = 0; i < V6 - V4; i++) {
      if (bytes[i] != (i < 10 ? 0 : (byte) 0xff)) {
        return bytes;
      }
    }
    return Arrays.copyOfRange(bytes, V6 - V4, V6);
  }

  boolean contains(byte[] address) {
    if (address.length != start.length) {
      return false;
    }
    for (int bit = 0; bit < length; bit++) {
      if (((address[bit / 8] ^ start[bit / 8]) & (0x80 >> (bit % 8))) != 0) {
        return false;
      }
    }
    return true;
  }
}
