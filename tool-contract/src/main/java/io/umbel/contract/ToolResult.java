package io.umbel.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What a tool answers. Build one with {@link #text}, {@link #of} or {@link #failure}. */
public final class ToolResult {

  private final JsonObject json = new JsonObject();
  private JsonObject meta;
  private ErrorCode failure;

  private ToolResult() {}

  /** A result of one text. */
  public static ToolResult text(String text) {
    var result = new ToolResult();
    return result.block(new JsonObject().put("type", "text").put("text", text));
  }

  /**
   * A structured result, with one text block that holds the same JSON for clients that want text.
   */
  public static ToolResult of(JsonObject structured) {
    var result = text(structured.encode());
    result.json.put("structuredContent", structured);
    return result;
  }

  /**
   * The tool says no: not found, a bad value, a conflict. The agent sees it and can act on it.
   *
   * @param message what is wrong and what to do, in one sentence; it is shown as it is
   */
  public static ToolResult failure(ErrorCode code, String message) {
    var error = new JsonObject()
        .put("code", code.name())
        .put("message", message)
        .put("retryable", code.retryable());
    var result = new ToolResult();
    result.failure = code;
    result.json.put("structuredContent", new JsonObject().put("error", error)).put("isError", true);
    return result;
  }

  /** Adds facts to a failure. */
  public ToolResult details(JsonObject details) {
    json.getJsonObject("structuredContent").getJsonObject("error").put("details", details);
    return this;
  }

  /** Adds a content block: text, image, audio, resource link or embedded resource. */
  public ToolResult block(JsonObject block) {
    if (!json.containsKey("content")) {
      json.put("content", new JsonArray());
    }
    json.getJsonArray("content").add(block);
    return this;
  }

  /** Adds a member to the result's {@code _meta}. */
  public ToolResult meta(String key, Object value) {
    meta = meta == null ? new JsonObject() : meta;
    meta.put(key, value);
    return this;
  }

  /** The structured content, or null. */
  public JsonObject structured() {
    return json.getJsonObject("structuredContent");
  }

  /** A result of any content blocks; {@link Content} makes them. */
  public static ToolResult content(JsonObject... blocks) {
    var result = new ToolResult();
    List.of(blocks).forEach(result::block);
    return result;
  }

  /** A result that says, in the tool's own words only, that the tool failed. */
  public static ToolResult error(String text) {
    var result = text(text);
    result.json.put("isError", true);
    return result;
  }

  /** Why this is a failure, or null where it is none. */
  public ErrorCode failureCode() {
    return failure;
  }

  /** Whether the tool failed. */
  public boolean isError() {
    return json.getBoolean("isError", false);
  }

  /** As the bus carries it. */
  public Outcome.Result toOutcome(String correlationId) {
    if (failure != null) {
      structured().getJsonObject("error").put("correlation_id", correlationId);
      json.put("content", new JsonArray());
      block(new JsonObject().put("type", "text").put("text", structured().encode()));
    }
    return new Outcome.Result(JsonBytes.of(json), meta == null ? null : meta.encode(), failure);
  }
}
