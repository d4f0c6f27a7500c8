package io.umbel.gateway.http;

import io.umbel.gateway.GatewaySettings.Trust;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps web pages from reaching a gateway through a browser: a page of another origin is refused by
 * its {@code Origin}, one that rebinds its own name to this address by its {@code Host}.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#security-warning">
 *     DNS rebinding</a>
 */
final class SourceCheck {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts;
  private final Set<String> origins;

  SourceCheck(Trust trust) {
    this.hosts = lowerCase(trust.hosts());
    this.origins = lowerCase(trust.origins());
  }

  /** Throws {@link McpException} with status 403 where the request comes from elsewhere. */
  void check(HttpServerRequest request) {
    var authority = request.authority();
    var host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    if (!THIS_MACHINE.contains(bracketed(host)) && !hosts.contains(host)) {
      throw McpException.refused(
          403, "Host is not allowed here; the operator can add it to mcp.allowed.hosts");
    }
    var origin = request.headers().get(HttpHeaders.ORIGIN);
    if (origin != null) {
      if (!isAllowed(origin.toLowerCase(Locale.ROOT))) {
        throw McpException.refused(
            403, "Origin is not allowed here; the operator can add it to mcp.allowed.origins");
      }
      admit(origin, request.response().headers());
    }
  }

  /** Tells the browser that pages of this origin may read the answer. */
  private static void admit(String origin, MultiMap answer) {
    answer
        .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
        .set(HttpHeaders.VARY, "Origin")
        .set(
            HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
            "Mcp-Session-Id, X-Correlation-Id, Retry-After, WWW-Authenticate");
  }

  /** Answers a browser that asks beforehand what a page of an allowed origin may send. */
  static void answerPreflight(HttpServerRequest request) {
    var asked = request.headers().get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    var answer = request.response().setStatusCode(204);
    answer.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST, GET, DELETE");
    answer.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600");
    if (asked != null) {
      answer.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked);
    }
    answer.end();
  }

  /** Whether a browser asks beforehand. */
  static boolean isPreflight(HttpServerRequest request) {
    return HttpMethod.OPTIONS.equals(request.method())
        && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
        && request.headers().contains(HttpHeaders.ORIGIN);
  }

  private boolean isAllowed(String origin) {
    return origins.contains(origin) || isThisMachine(origin);
  }

  private static boolean isThisMachine(String origin) {
    try {
      var uri = URI.create(origin);
      var web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && THIS_MACHINE.contains(uri.getHost());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static Set<String> lowerCase(Iterable<String> texts) {
    var all = new HashSet<String>();
    texts.forEach(text -> all.add(text.toLowerCase(Locale.ROOT)));
    return all;
  }
}
