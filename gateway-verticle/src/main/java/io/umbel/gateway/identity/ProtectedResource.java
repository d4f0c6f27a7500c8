package io.umbel.gateway.identity;

import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.identity.IdentitySettings.Resource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a gateway tells of itself to those who have no token for it yet.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728</a>
 */
public final class ProtectedResource {

  /** Where the metadata is; with the endpoint's path behind it, too. */
  public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  private final Resource resource;
  private final Listening listening;
  private String base;

  public ProtectedResource(GatewaySettings settings) {
    this.resource = settings.guards().identity().resource();
    this.listening = settings.listening();
    listeningOn(listening.port());
  }

  /** Notes the port that was bound, where any was good. */
  public void listeningOn(int port) {
    var host = listening.host();
    base = resource.publicUrl() != null
        ? resource.publicUrl().toString().replaceFirst("/+$", "")
        : "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** What tokens for this gateway name as their audience. */
  public String identifier() {
    return base + listening.path();
  }

  /** Where clients read the metadata. */
  public String metadataUrl() {
    return base + WELL_KNOWN + listening.path();
  }

  /** The paths at which the metadata is. */
  public List<String> metadataPaths() {
    return List.of(WELL_KNOWN + listening.path(), WELL_KNOWN);
  }

  /** The metadata; what there is none of is left out, as section 3.2 wants it. */
  public JsonObject metadata() {
    var metadata = JsonObject.of("resource", identifier());
    putSome(metadata, "authorization_servers", resource.servers());
    putSome(metadata, "scopes_supported", resource.scopes());
    return metadata
        .put("bearer_methods_supported", JsonArray.of("header"))
        .put("resource_name", "Umbel");
  }

  /** A challenge with where to read how to get a token, and for what. */
  public String completed(String challenge) {
    var scoped = challenge.contains("scope=\"") || resource.scopes().isEmpty()
        ? ""
        : ", scope=\"" + String.join(" ", resource.scopes()) + "\"";
    return challenge
        + (challenge.indexOf('=') < 0 ? " " : ", ")
        + "resource_metadata=\"" + metadataUrl() + "\""
        + scoped;
  }

  private static void putSome(JsonObject metadata, String member, List<String> values) {
    if (!values.isEmpty()) {
      metadata.put(member, new JsonArray(values));
    }
  }
}
