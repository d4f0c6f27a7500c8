package io.umbel.registry.bridge;

import io.umbel.registry.server.Definitions.Kind;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The pages of MCP Apps that tools of a server link to. A server need not list them, but clients
 * read them, so they are listed for it.
 *
 * @see <a href="https://modelcontextprotocol.io/extensions/apps">MCP Apps</a>
 */
final class Links {

  private static final String SCHEME = "ui://";

  private Links() {}

  /** The URIs that shown tools link to, and that the server does not list itself. */
  static Set<String> of(Holding holding) {
    var uris = new LinkedHashSet<String>();
    for (var tool : holding.shown(Kind.TOOL)) {
      if (tool.json().getValue("_meta") instanceof JsonObject meta) {
        add(uris, meta.getValue("ui/resourceUri"));
        if (meta.getValue("ui") instanceof JsonObject ui) {
          add(uris, ui.getValue("resourceUri"));
        }
      }
    }
    uris.removeIf(uri -> holding.find(Kind.RESOURCE, uri) != null);
    return uris;
  }

  /** As lists show it. */
  static JsonObject resource(String uri) {
    return new JsonObject()
        .put("uri", uri)
        .put("name", uri.substring(SCHEME.length()))
        .put("mimeType", "text/html;profile=mcp-app");
  }

  private static void add(Set<String> uris, Object uri) {
    if (uri instanceof String text && text.startsWith(SCHEME)) {
      uris.add(text);
    }
  }
}
