package io.umbel.gateway.limits;

import java.util.List;

/**
 * Where a request comes from: the other end of its connection or, behind a proxy that the operator
 * trusts, what that says in {@code X-Forwarded-For}. Of that list only what trusted proxies wrote
 * is believed, so it is read from its end.
 */
public final class ClientAddress {

  private final List<AddressRange> trusted;

  public ClientAddress(List<AddressRange> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /**
   * The client's address.
   *
   * @param peer the other end of the connection
   * @param forwarded the values of {@code X-Forwarded-For}, in their order
   */
  public String of(String peer, List<String> forwarded) {
    if (trusted.isEmpty() || forwarded.isEmpty() || !isTrusted(Address.of(peer))) {
      return peer;
    }
    var hops = String.join(",", forwarded).split(",", -1);
    var nearest = peer;
    for (int i = hops.length - 1; i >= 0; i--) {
      var hop = Address.of(hops[i].strip());
      if (hop == null) {
        return nearest;
      }
      nearest = hop.toString();
      if (!isTrusted(hop)) {
        return nearest;
      }
    }
    return nearest;
  }

  /** What counts as one client: an IPv6 network of 64 bits belongs to one, as an IPv4 address. */
  static String counted(String address) {
    var read = Address.of(address);
    return read == null ? address : read.network().toString().replace(':', '-');
  }

  private boolean isTrusted(Address address) {
    return address != null && trusted.stream().anyMatch(range -> range.contains(address));
  }
}
