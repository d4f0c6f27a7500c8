package io.umbel.conformance;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Tools whose input schemas must reach the client whole, whatever keywords they use. */
final class Schemas {

  private static final String CONTACT = """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": {
          "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
            "additionalProperties": false
          }
        },
        "properties": {
          "name": {"type": "string"},
          "address": {"$ref": "#/$defs/address"},
          "contactMethod": {"type": "string", "enum": ["phone", "email"]},
          "phone": {"type": "string"},
          "email": {"type": "string"}
        },
        "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
        "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
        "then": {"required": ["phone"]},
        "else": {"required": ["email"]},
        "additionalProperties": false
      }
      """;

  private Schemas() {}

  static List<Tool> tools() {
    return List.of(contact(), mirrored());
  }

  private static Tool contact() {
    return Tool.named(
            "json_schema_2020_12_tool",
            "Takes what a JSON Schema 2020-12 with many keywords describes.",
            Schema.object(),
            Schemas::repeat)
        .with("inputSchema", new JsonObject(CONTACT));
  }

  /** A header names the region, so that a gateway can route by it without reading the body. */
  private static Tool mirrored() {
    var input = Schema.object()
        .text("region", "Goes with the header Mcp-Param-Region")
        .with("x-mcp-header", "Region")
        .integer("level", "Goes with no header");
    return Tool.named("test_x_mcp_header", "Says which region.", input, Schemas::region);
  }

  private static Future<ToolResult> repeat(ToolCall call) {
    return Future.succeededFuture(
        ToolResult.text("The arguments were " + call.arguments().encode()));
  }

  private static Future<ToolResult> region(ToolCall call) {
    return Future.succeededFuture(ToolResult.text("region=" + call.text("region", "<none>")));
  }
}
