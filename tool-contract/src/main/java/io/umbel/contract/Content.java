package io.umbel.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;

/**
 * The kinds of content that results and prompts hold, as MCP {@code ContentBlock} objects.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#tool-result">
 *     Content</a>
 */
public final class Content {

  private Content() {}

  public static JsonObject text(String text) {
    return new JsonObject().put("type", "text").put("text", text);
  }

  public static JsonObject image(Buffer bytes, String mimeType) {
    return media("image", bytes, mimeType);
  }

  public static JsonObject audio(Buffer bytes, String mimeType) {
    return media("audio", bytes, mimeType);
  }

  /** A resource within the content; {@link ResourceContents} makes one. */
  public static JsonObject embedded(JsonObject resource) {
    return new JsonObject().put("type", "resource").put("resource", resource);
  }

  /** A resource to be read by whoever wants it. */
  public static JsonObject link(String uri, String name) {
    return new JsonObject().put("type", "resource_link").put("uri", uri).put("name", name);
  }

  private static JsonObject media(String type, Buffer bytes, String mimeType) {
    return new JsonObject()
        .put("type", type)
        .put("data", Base64.getEncoder().encodeToString(bytes.getBytes()))
        .put("mimeType", mimeType);
  }
}
