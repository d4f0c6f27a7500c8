package io.umbel.registry.upstream.oauth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who gives tokens for a server.
 *
 * @param issuer its name
 * @param token where to ask
 * @param authentication the ways in which clients may prove themselves there
 * @param resource what the token is for
 * @param scope what to ask for, or null
 */
record AuthorizationServer(
    String issuer, URI token, List<String> authentication, String resource, String scope) {

  /** RFC 8414, section 2: this is meant where nothing is said. */
  private static final List<String> BASIC = List.of("client_secret_basic");

  static AuthorizationServer of(JsonObject metadata, String resource, String scope) {
    var ways = metadata.getValue("token_endpoint_auth_methods_supported") instanceof JsonArray said
        ? said.stream().map(String::valueOf).toList()
        : BASIC;
    return new AuthorizationServer(
        metadata.getString("issuer"),
        URI.create(metadata.getString("token_endpoint", "")),
        ways,
        resource,
        scope);
  }

  /** The scopes of a list, as they are asked for, or null where there is none. */
  static String scopes(Object listed) {
    return listed instanceof JsonArray all && !all.isEmpty()
        ? all.stream().map(String::valueOf).collect(Collectors.joining(" "))
        : null;
  }
}
