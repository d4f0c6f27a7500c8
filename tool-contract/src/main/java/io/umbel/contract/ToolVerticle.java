package io.umbel.contract;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.umbel.contract.Announcement.Offers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A family of tools: say what they are, and this announces them, checks the signed caller and the
 * arguments (all violations at once), and carries the answers back.
 *
 * <p>The provider's word is the class name without {@code Tools}: {@code GreetingTools} is
 * {@code greeting}. Deployed with {@code enabled_tools} in its configuration, it offers only those.
 */
public abstract class ToolVerticle extends Provider {

  /** Configuration: the names of the tools to offer; all where absent. */
  public static final String ENABLED_TOOLS = "enabled_tools";

  private final Map<String, Ready> ready = new LinkedHashMap<>();

  private record Ready(Tool tool, JsonSchema input, JsonSchema output) {}

  /** The tools, asked for once, at the start. */
  protected abstract List<Tool> tools();

  /** The names of all tools of this family, enabled or not. */
  public final List<String> toolNames() {
    return tools().stream().map(Tool::name).toList();
  }

  @Override
  public final String name() {
    var words = getClass().getSimpleName().replaceFirst("Tools$", "");
    return words.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  @Override
  protected final Offers offers() {
    return Offers.ofTools(
        ready.values().stream().map(known -> known.tool().offer()).toList());
  }

  @Override
  protected Future<?> prepare() {
    JsonArray enabled = config().getJsonArray(ENABLED_TOOLS);
    tools().stream()
        .filter(tool -> enabled == null || enabled.contains(tool.name()))
        .forEach(this::add);
    return Future.succeededFuture();
  }

  @Override
  protected final Future<Outcome> answer(Call call, Future<Void> cancelled) {
    var known = ready.get(call.target().name());
    if (known == null || !call.target().method().equals("tools/call")) {
      var text = "Unknown tool: " + call.target().name();
      return Future.succeededFuture(new Outcome.ProtocolError(-32602, text, null));
    }
    var id = call.trail().correlationId();
    return run(known, call, cancelled).map(result -> result.toOutcome(id));
  }

  private void add(Tool tool) {
    var output = tool.definition().getJsonObject("outputSchema");
    var compiled = new Ready(
        tool,
        JsonSchema.compile(tool.definition().getJsonObject("inputSchema")),
        output == null ? null : JsonSchema.compile(output));
    if (ready.put(tool.name(), compiled) != null) {
      throw new IllegalArgumentException("Two tools of " + name() + " are named " + tool.name());
    }
  }

  private Future<ToolResult> run(Ready known, Call call, Future<Void> cancelled) {
    var arguments = arguments(call.params());
    var violations = known.input().violations(arguments);
    if (!violations.isEmpty()) {
      return Future.succeededFuture(invalid(known.tool(), violations));
    }
    var toolCall = new ToolCall(call, (ObjectNode) arguments, cancelled);
    return known.tool().function().apply(toolCall).map(result -> checked(known, result));
  }

  private static ToolResult invalid(Tool tool, List<Violation> violations) {
    var text = new StringBuilder("The arguments of " + tool.name() + " break its schema: ");
    violations.forEach(violation -> text.append(violation).append("; "));
    text.setLength(text.length() - 2);
    var list = new JsonArray(violations.stream().map(Violation::toJson).toList());
    return ToolResult.failure(ErrorCode.INVALID_ARGUMENT, text.toString())
        .details(new JsonObject().put("violations", list));
  }

  /** A result that breaks the tool's own output schema is a bug of the tool, not an answer. */
  private static ToolResult checked(Ready known, ToolResult result) {
    if (known.output() == null || result.failureCode() != null) {
      return result;
    }
    var violations = known.output().violations(Json.tree(result.structured()));
    if (!violations.isEmpty()) {
      throw new IllegalStateException(
          known.tool().name() + " broke its own output schema: " + violations);
    }
    return result;
  }

  /** Only the arguments become a tree; whatever else the params hold is skipped. */
  private static JsonNode arguments(Buffer params) {
    try (var parser = Json.MAPPER.createParser(params.getBytes())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var wanted = parser.currentName().equals("arguments");
        parser.nextToken();
        if (wanted && parser.currentToken() != JsonToken.VALUE_NULL) {
          return Json.MAPPER.readTree(parser);
        }
        parser.skipChildren();
      }
      return JsonNodeFactory.instance.objectNode();
    } catch (IOException e) {
      throw new IllegalArgumentException("The params of a call are not JSON", e);
    }
  }
}
