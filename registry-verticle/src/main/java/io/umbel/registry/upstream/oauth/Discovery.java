package io.umbel.registry.upstream.oauth;

import io.umbel.outbound.Destinations;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out who gives tokens for a server: by the metadata of the resource, then by those of its
 * authorization server.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414</a>
 */
final class Discovery {

  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String SERVER = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private final Documents documents;
  private final URI server;

  Discovery(Documents documents, URI server) {
    this.documents = documents;
    this.server = server;
  }

  /** Who gives tokens that meet that challenge; fails with {@link UpstreamFailure}. */
  Future<AuthorizationServer> meet(Challenge challenge) {
    return documents
        .first(resourceMetadata(challenge))
        .compose(found -> found.isPresent()
            ? of(found.get(), challenge)
            : issuedBy(origin(), resource(), challenge.scope()));
  }

  private List<URI> resourceMetadata(Challenge challenge) {
    var all = new ArrayList<URI>();
    if (challenge.metadata() != null) {
      all.add(url(challenge.metadata()));
    } else {
      var path = server.getRawPath() == null ? "" : server.getRawPath();
      if (path.length() > 1) {
        all.add(url(origin() + RESOURCE + path));
      }
      all.add(url(origin() + RESOURCE));
    }
    return all;
  }

  private Future<AuthorizationServer> of(JsonObject metadata, Challenge challenge) {
    var resource = metadata.getString("resource");
    if (resource == null || !isAbout(resource)) {
      return failed("The server's metadata are about another resource than it");
    }
    if (!(metadata.getValue("authorization_servers") instanceof JsonArray all) || all.isEmpty()) {
      return failed("The server names no authorization server");
    }
    var scope = challenge.scope() == null
        ? AuthorizationServer.scopes(metadata.getValue("scopes_supported"))
        : challenge.scope();
    return issuedBy(String.valueOf(all.getValue(0)), resource, scope);
  }

  /** Whether that is the server, or what it is a part of. */
  private boolean isAbout(String resource) {
    try {
      var about = URI.create(resource);
      var path = about.getRawPath() == null ? "" : about.getRawPath();
      var own = server.getRawPath() == null ? "" : server.getRawPath();
      return about.getHost() != null
          && about.getScheme().equalsIgnoreCase(server.getScheme())
          && Destinations.host(about).equals(Destinations.host(server))
          && Destinations.port(about) == Destinations.port(server)
          && (own.equals(path) || own.startsWith(path.endsWith("/") ? path : path + "/"));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Future<AuthorizationServer> issuedBy(String issuer, String resource, String scope) {
    return documents.first(serverMetadata(url(issuer))).compose(found -> {
      if (found.isEmpty()) {
        return failed("The authorization server of the server tells nothing of itself");
      }
      var metadata = found.get();
      if (!issuer.equals(metadata.getString("issuer"))) {
        return failed("The authorization server of the server says that it is another one");
      }
      return metadata.getValue("token_endpoint") instanceof String endpoint
          ? Future.succeededFuture(AuthorizationServer.of(
              metadata.copy().put("token_endpoint", url(endpoint).toString()), resource, scope))
          : failed("The authorization server of the server gives no tokens");
    });
  }

  private static List<URI> serverMetadata(URI issuer) {
    var origin = origin(issuer);
    var path = issuer.getRawPath() == null ? "" : issuer.getRawPath().replaceAll("/+$", "");
    var all = new ArrayList<URI>();
    all.add(URI.create(origin + SERVER + path));
    all.add(URI.create(origin + OPENID + path));
    if (!path.isEmpty()) {
      all.add(URI.create(origin + path + OPENID));
    }
    return all;
  }

  /** Secrets travel by TLS, except where the server itself is spoken with without. */
  private URI url(String text) {
    try {
      var url = URI.create(text);
      if (url.getHost() != null && (Destinations.isSecure(url) || !Destinations.isSecure(server))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // is refused like any other that cannot be used
    }
    throw new UpstreamFailure(
        Reason.CREDENTIALS, "The server wants tokens from where Umbel asks for none", false);
  }

  private String origin() {
    return origin(server);
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private String resource() {
    return origin() + (server.getRawPath() == null ? "" : server.getRawPath());
  }

  private static <T> Future<T> failed(String text) {
    return Future.failedFuture(new UpstreamFailure(Reason.CREDENTIALS, text, false));
  }
}
