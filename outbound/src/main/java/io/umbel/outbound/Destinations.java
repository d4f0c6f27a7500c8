package io.umbel.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.util.NetUtil;
import io.umbel.outbound.OutboundFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Where servers may be: on the public internet, and where the operator allows. A name is looked up
 * first, and what is connected to is the very address that was looked at.
 */
public final class Destinations {

  private static final Duration KEEP = Duration.ofSeconds(10);
  private static final int KEPT_NAMES = 10_000;

  private final VertxInternal vertx;
  private final List<String> hosts;
  private final List<AddressBlock> blocks;
  private final String chosen;
  private final byte[] salt;
  private final Cache<String, List<SocketAddress>> known =
      Caffeine.newBuilder().expireAfterWrite(KEEP).maximumSize(KEPT_NAMES).build();

  /**
   * Destinations.
   *
   * @param allowed what may be reached beside the public internet: host names, {@code *.} and the
   *     end of one, addresses and ranges of them
   */
  public Destinations(Vertx vertx, Collection<String> allowed) {
    this.vertx = (VertxInternal) vertx;
    this.blocks =
        allowed.stream().map(AddressBlock::of).filter(block -> block != null).toList();
    this.hosts = allowed.stream()
        .filter(text -> AddressBlock.of(text) == null)
        .map(text -> text.toLowerCase(Locale.ROOT))
        .toList();
    this.chosen = null;
    this.salt = UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private Destinations(Destinations others, String chosen) {
    this.vertx = others.vertx;
    this.hosts = others.hosts;
    this.blocks = others.blocks;
    this.chosen = chosen;
    this.salt = others.salt;
  }

  /**
   * These, and the host and port of that URL, wherever they are: the operator chose them. No other
   * port of that host, and nowhere that a server names.
   */
  public Destinations with(URI operators) {
    return operators.getHost() == null ? this : new Destinations(this, place(operators));
  }

  /**
   * Whether a server may be there. A name that nobody knows is none that is forbidden.
   *
   * @return fails with {@link OutboundFailure} for the reason {@code FORBIDDEN} where it may not
   */
  public Future<Void> check(URI url) {
    return at(url).<Void>mapEmpty().recover(Destinations::onlyForbidden);
  }

  /** The addresses to connect to, the best one first: each of them may be reached. */
  public Future<List<SocketAddress>> at(URI url) {
    var refusal = refusal(url);
    if (refusal != null) {
      return Future.failedFuture(new OutboundFailure(Reason.FORBIDDEN, refusal));
    }
    var found = known.getIfPresent(place(url));
    return found != null
        ? Future.succeededFuture(found)
        : lookUp(host(url)).compose(all -> checked(url, all));
  }

  /** Looks the name up anew the next time. */
  public void forget(URI url) {
    known.invalidate(place(url));
  }

  /** The port of a URL. */
  public static int port(URI url) {
    return url.getPort() > 0 ? url.getPort() : isSecure(url) ? 443 : 80;
  }

  /** The host of a URL, an IPv6 address without brackets. */
  public static String host(URI url) {
    var host = url.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether it is HTTPS. */
  public static boolean isSecure(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  private static String place(URI url) {
    return host(url) + " " + port(url);
  }

  private static String refusal(URI url) {
    if (!isSecure(url) && !"http".equalsIgnoreCase(url.getScheme())) {
      return "The URL must begin with https:// or http://";
    }
    if (url.getHost() == null || url.getPort() > 65_535) {
      return "The URL names no host that could be connected to";
    }
    return url.getUserInfo() == null ? null : "The URL must not hold a user name or password";
  }

  private Future<List<byte[]>> lookUp(String host) {
    var literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      return Future.succeededFuture(List.of(literal));
    }
    var found = vertx.getOrCreateContext().<List<InetSocketAddress>>promise();
    vertx.nameResolver().resolveAll(host, found::handle);
    return found
        .future()
        .map(all -> all.stream().map(one -> one.getAddress().getAddress()).toList())
        .recover(why -> unknown(host));
  }

  private static <T> Future<T> unknown(String host) {
    var text = "Nobody knows the host name " + host;
    return Future.failedFuture(new OutboundFailure(Reason.UNREACHABLE, text));
  }

  private Future<List<SocketAddress>> checked(URI url, List<byte[]> addresses) {
    var host = host(url);
    if (addresses.isEmpty()) {
      return unknown(host);
    }
    if (!place(url).equals(chosen)
        && !isAllowed(host)
        && !addresses.stream().allMatch(this::isAllowed)) {
      var text = "Umbel does not connect to " + host
          + ": it is not on the public internet, and the operator does not allow it";
      return Future.failedFuture(new OutboundFailure(Reason.FORBIDDEN, text));
    }
    var ordered = addresses.stream()
        .sorted(
            Comparator.<byte[]>comparingInt(address -> address.length).thenComparingInt(this::rank))
        .map(address ->
            SocketAddress.inetSocketAddress(port(url), NetUtil.bytesToIpAddress(address)))
        .toList();
    known.put(place(url), ordered);
    return Future.succeededFuture(ordered);
  }

  /** Always the same here, so that connections are used again, and another on other nodes. */
  private int rank(byte[] address) {
    return (Arrays.hashCode(salt) ^ Arrays.hashCode(address)) * 0x9e3779b9;
  }

  private boolean isAllowed(String host) {
    var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return hosts.stream()
        .anyMatch(allowed ->
            allowed.startsWith("*.") ? name.endsWith(allowed.substring(1)) : name.equals(allowed));
  }

  private boolean isAllowed(byte[] address) {
    var plain = AddressBlock.plain(address);
    return PublicInternet.has(plain) || blocks.stream().anyMatch(block -> block.contains(plain));
  }

  private static Future<Void> onlyForbidden(Throwable why) {
    var forbidden = why instanceof OutboundFailure failure && failure.reason() == Reason.FORBIDDEN;
    return forbidden ? Future.failedFuture(why) : Future.succeededFuture();
  }
}
