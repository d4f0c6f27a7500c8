package io.umbel.gateway.http;

import java.util.regex.Pattern;

/** The endpoint of one upstream server, which offers it by its own names. */
final class ServerPath {

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9-]{1,32}");
  private static final String SERVERS = "/servers/";

  private final String prefix;

  /**
   * Endpoints below that one.
   *
   * @param path of the endpoint that offers everything
   */
  ServerPath(String path) {
    this.prefix = path + SERVERS;
  }

  /** Where below that endpoint a server's own is. */
  static String of(String path, String namespace) {
    return path + SERVERS + namespace;
  }

  /** The namespace of the server whose endpoint that path is, or null. */
  String namespace(String path) {
    if (!path.startsWith(prefix)) {
      return null;
    }
    var end = path.endsWith("/") ? path.length() - 1 : path.length();
    var rest = path.substring(prefix.length(), Math.max(end, prefix.length()));
    return NAMESPACE.matcher(rest).matches() ? rest : null;
  }
}
