package io.umbel.registry.upstream.stdio;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a child finds of our environment: what programs need to run, and to reach the network as
 * this machine does. None of it is a secret but what the operator names.
 */
final class Inheritance {

  private static final List<String> USUAL =
      List.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ");

  /** Where the certificates are that this machine trusts: without them nothing can be fetched. */
  private static final List<String> CERTIFICATES = List.of(
      "SSL_CERT_FILE",
      "SSL_CERT_DIR",
      "NODE_EXTRA_CA_CERTS",
      "REQUESTS_CA_BUNDLE",
      "CURL_CA_BUNDLE");

  /** By which way this machine reaches the network, as programs spell it. */
  private static final List<String> PROXIES = List.of(
      "HTTP_PROXY",
      "HTTPS_PROXY",
      "ALL_PROXY",
      "NO_PROXY",
      "http_proxy",
      "https_proxy",
      "all_proxy",
      "no_proxy");

  private Inheritance() {}

  /**
   * That part of it.
   *
   * @param ours all there is
   * @param more names of what the operator wants every child to have too
   */
  static Map<String, String> of(Map<String, String> ours, Set<String> more) {
    var inherited = new HashMap<>(ours);
    inherited
        .entrySet()
        .removeIf(each -> !isFree(each.getKey(), each.getValue()) && !more.contains(each.getKey()));
    return inherited;
  }

  /** A proxy's URL may hold a password. */
  private static boolean isFree(String name, String value) {
    return USUAL.contains(name)
        || CERTIFICATES.contains(name)
        || (PROXIES.contains(name) && value.indexOf('@') < 0);
  }
}
