package io.umbel.outbound;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/**
 * An HTTP request.
 *
 * @param headers what to say beside the body; what opens the server is among them
 * @param body or null
 */
public record Request(HttpMethod method, URI url, MultiMap headers, Buffer body) {

  /** Asks for JSON. */
  public static Request get(URI url) {
    return new Request(HttpMethod.GET, url, json(), null);
  }

  /** Sends JSON, and asks for it. */
  public static Request send(HttpMethod method, URI url, JsonObject body) {
    var headers = json().set("Content-Type", "application/json");
    return new Request(method, url, headers, body.toBuffer());
  }

  /** The same, saying this too. */
  public Request with(String header, String value) {
    var all = MultiMap.caseInsensitiveMultiMap().addAll(headers).set(header, value);
    return new Request(method, url, all, body);
  }

  /** The same, to where a server says that it has moved. */
  Request to(URI moved) {
    return new Request(method, moved, headers, body);
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

  private static MultiMap json() {
    return MultiMap.caseInsensitiveMultiMap()
        .set("Accept", "application/json")
        .set("User-Agent", "umbel");
  }
}
