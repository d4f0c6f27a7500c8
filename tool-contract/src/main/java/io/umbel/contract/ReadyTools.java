package io.umbel.contract;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.umbel.contract.Announcement.OfferedTool;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools with their schemas compiled: checks arguments, calls, checks what comes back. */
final class ReadyTools {

  private final Map<String, Ready> ready = new LinkedHashMap<>();

  private record Ready(Tool tool, JsonSchema input, JsonSchema output) {}

  /**
   * Makes one more tool ready.
   *
   * @throws IllegalArgumentException if its name is taken or a schema of it is not usable
   */
  void add(Tool tool) {
    var output = tool.definition().getJsonObject("outputSchema");
    var compiled = new Ready(
        tool,
        JsonSchema.kept(tool.definition().getJsonObject("inputSchema")),
        output == null ? null : JsonSchema.kept(output));
    if (ready.put(tool.name(), compiled) != null) {
      throw new IllegalArgumentException("There are two tools named " + tool.name());
    }
  }

  boolean has(String name) {
    return ready.containsKey(name);
  }

  void remove(String name) {
    ready.remove(name);
  }

  List<OfferedTool> offers() {
    return ready.values().stream().map(known -> known.tool().offer()).toList();
  }

  Future<Outcome> call(Conversation conversation) {
    var name = conversation.call().target().name();
    var known = ready.get(name);
    if (known == null) {
      return Future.succeededFuture(
          new Outcome.ProtocolError(-32602, "Unknown tool: " + name, null));
    }
    return run(known, conversation)
        .map(result -> result.toOutcome(conversation.call().trail().correlationId()));
  }

  private static Future<ToolResult> run(Ready known, Conversation conversation) {
    var arguments = arguments(conversation.call().params());
    var violations = known.input().violations(arguments);
    if (!violations.isEmpty()) {
      return Future.succeededFuture(invalid(known.tool(), hinted(known.tool(), violations)));
    }
    var call = new ToolCall(conversation, (ObjectNode) arguments);
    return known.tool().function().apply(call).map(result -> checked(known, result));
  }

  /** In the tool's words where it has some for what is not one of its arguments. */
  private static List<Violation> hinted(Tool tool, List<Violation> violations) {
    JsonObject hints = tool.definition().getJsonObject("inputSchema").getJsonObject(Schema.INSTEAD);
    return hints == null
        ? violations
        : violations.stream()
            .map(one -> {
              var hint = hints.getString(one.pointer().replaceFirst("^/", ""));
              return hint == null ? one : new Violation(one.pointer(), hint);
            })
            .toList();
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
    if (known.output() == null || result.isError()) {
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
