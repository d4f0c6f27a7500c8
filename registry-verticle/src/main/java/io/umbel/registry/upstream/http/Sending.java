package io.umbel.registry.upstream.http;

import io.umbel.outbound.Destinations;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;

/**
 * An HTTP request.
 *
 * @param method of HTTP
 * @param url where to
 * @param headers what to say beside the body
 * @param body or null
 */
public record Sending(HttpMethod method, URI url, MultiMap headers, Buffer body) {

  /** The same, to where a server says that it has moved. */
  Sending to(URI moved) {
    return new Sending(method, moved, headers, body);
  }

  /** Host and port, for people. */
  String where() {
    return Destinations.host(url) + ":" + Destinations.port(url);
  }

  /** The path and all behind it. */
  String target() {
    var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && Destinations.host(one).equals(Destinations.host(other))
        && Destinations.port(one) == Destinations.port(other);
  }
}
