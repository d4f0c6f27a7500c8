package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * One tool of a {@link ToolVerticle}: its MCP definition and the function behind it. Immutable;
 * each method returns another tool.
 *
 * @param definition the MCP {@code Tool} object
 * @param function answers a call whose arguments have already been checked
 * @param tags what visibility rules and scopes go by
 * @param timeout how long one call may take
 * @param keep how long a result may be kept for the same caller and arguments; zero for not at all
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools">Tools</a>
 */
public record Tool(
    JsonObject definition,
    Function<ToolCall, Future<ToolResult>> function,
    List<String> tags,
    Duration timeout,
    Duration keep) {

  /** How long a call may take where nothing else is said. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** A tool that may change things and reach the world, until it says otherwise. */
  public static Tool named(
      String name,
      String description,
      Schema input,
      Function<ToolCall, Future<ToolResult>> function) {
    var definition = new JsonObject()
        .put("name", name)
        .put("description", description)
        .put("inputSchema", input.toJson());
    return new Tool(definition, function, List.of(), DEFAULT_TIMEOUT, Duration.ZERO);
  }

  /** The name it is called by. */
  public String name() {
    return definition.getString("name");
  }

  /** A name for people. */
  public Tool titled(String title) {
    return with("title", title);
  }

  /** What its structured result looks like. */
  public Tool returns(Schema output) {
    return with("outputSchema", output.toJson());
  }

  /** It changes nothing: a call may be repeated on another node. */
  public Tool readOnly() {
    return hint("readOnlyHint", true);
  }

  /** Calling it twice does what calling it once does. */
  public Tool idempotent() {
    return hint("idempotentHint", true);
  }

  /** Whether it may overwrite or remove what is there. */
  public Tool destructive(boolean destructive) {
    return hint("destructiveHint", destructive);
  }

  /** Whether it reaches beyond this installation. */
  public Tool openWorld(boolean openWorld) {
    return hint("openWorldHint", openWorld);
  }

  public Tool tagged(String... more) {
    return new Tool(definition, function, List.of(more), timeout, keep);
  }

  /** Gives up after this long. */
  public Tool within(Duration limit) {
    return new Tool(definition, function, tags, limit, keep);
  }

  /**
   * A result of it may be kept that long and given again to the same caller for the same arguments.
   * Only of a tool that is {@link #readOnly}; its failures are never kept.
   */
  public Tool cached(Duration lifetime) {
    return new Tool(definition, function, tags, timeout, lifetime);
  }

  /** Any other member of the MCP definition, as in {@code icons} or {@code _meta}. */
  public Tool with(String member, Object value) {
    return new Tool(definition.copy().put(member, value), function, tags, timeout, keep);
  }

  Announcement.OfferedTool offer() {
    return new Announcement.OfferedTool(definition, tags, timeout.toMillis(), keep.toMillis());
  }

  private Tool hint(String name, boolean value) {
    var hints = definition.getJsonObject("annotations", new JsonObject()).copy();
    return with("annotations", hints.put(name, value));
  }
}
