package io.umbel.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;

/** What a resource holds, as MCP {@code ResourceContents} objects. */
public final class ResourceContents {

  private ResourceContents() {}

  public static JsonObject text(String uri, String mimeType, String text) {
    return new JsonObject().put("uri", uri).put("mimeType", mimeType).put("text", text);
  }

  public static JsonObject binary(String uri, String mimeType, Buffer bytes) {
    var blob = Base64.getEncoder().encodeToString(bytes.getBytes());
    return new JsonObject().put("uri", uri).put("mimeType", mimeType).put("blob", blob);
  }
}
