package io.umbel.outbound;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public internet: not this machine, its networks, its cloud's
 * metadata, nor anything reserved.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4 special-purpose
 *     addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6 special-purpose
 *     addresses</a>
 */
final class PublicInternet {

  private static final List<AddressBlock> ELSEWHERE = Stream.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "::/96",
          "64:ff9b:1::/48",
          "100::/64",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20",
          "5f00::/16",
          "fc00::/7",
          "fe80::/10",
          "fec0::/10",
          "ff00::/8")
      .map(AddressBlock::of)
      .toList();

  /** IPv6 networks that end in the IPv4 address that is meant. */
  private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96");

  private PublicInternet() {}

  static boolean has(byte[] address) {
    if (NAT64.contains(address)) {
      return has(Arrays.copyOfRange(address, 12, 16));
    }
    return ELSEWHERE.stream().noneMatch(block -> block.contains(address));
  }
}
