package io.umbel.gateway.limits;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** A network address as it is: 4 bytes, or 16. Names are never looked up. */
final class Address {

  private static final int V4 = 4;
  private static final int V6 = 16;
  private static final int NETWORK = 8;

  private final byte[] bytes;

  private Address(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The address of that text, or null where it is none. */
  static Address of(String text) {
    var bytes = NetUtil.createByteArrayFromIpAddressString(text);
    return bytes == null ? null : new Address(shortened(bytes));
  }

  int bits() {
    return bytes.length * 8;
  }

  /** What belongs to one client: an IPv4 address, an IPv6 network of 64 bits. */
  Address network() {
    return bytes.length == V4
        ? this
        : new Address(Arrays.copyOf(Arrays.copyOf(bytes, NETWORK), V6));
  }

  boolean beginsAs(Address other, int length) {
    if (bytes.length != other.bytes.length) {
      return false;
    }
    for (int bit = 0; bit < length; bit++) {
      if (((bytes[bit / 8] ^ other.bytes[bit / 8]) & (0x80 >> (bit % 8))) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address address && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return NetUtil.bytesToIpAddress(bytes);
  }

  /** An IPv4 address may be written as an IPv6 one. */
  private static byte[] shortened(byte[] bytes) {
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
}
