package io.umbel.conformance;

import io.umbel.contract.Answers;
import io.umbel.contract.Question;
import io.umbel.contract.Schema;
import io.vertx.core.json.JsonObject;

/** The forms that these tools have the user fill in. */
final class Forms {

  private static final String DEFAULTS = """
      {
        "type": "object",
        "properties": {
          "name": {"type": "string", "description": "User name", "default": "John Doe"},
          "age": {"type": "integer", "description": "User age", "default": 30},
          "score": {"type": "number", "description": "User score", "default": 95.5},
          "status": {
            "type": "string",
            "description": "User status",
            "enum": ["active", "inactive", "pending"],
            "default": "active"
          },
          "verified": {"type": "boolean", "description": "Verification status", "default": true}
        },
        "required": []
      }
      """;

  private static final String CHOICES = """
      {
        "type": "object",
        "properties": {
          "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
          "titledSingle": {
            "type": "string",
            "oneOf": [
              {"const": "value1", "title": "First Option"},
              {"const": "value2", "title": "Second Option"},
              {"const": "value3", "title": "Third Option"}
            ]
          },
          "legacyEnum": {
            "type": "string",
            "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["Option One", "Option Two", "Option Three"]
          },
          "untitledMulti": {
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "items": {"type": "string", "enum": ["option1", "option2", "option3"]}
          },
          "titledMulti": {
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "items": {
              "anyOf": [
                {"const": "value1", "title": "First Choice"},
                {"const": "value2", "title": "Second Choice"},
                {"const": "value3", "title": "Third Choice"}
              ]
            }
          }
        },
        "required": []
      }
      """;

  private Forms() {}

  /** One text. */
  static Question text(String message, String field) {
    return form(message, Schema.object().text(field, "A text").require(field));
  }

  /** Yes or no. */
  static Question confirm() {
    return form("Please confirm", Schema.object().flag("ok", "Whether to go on").require("ok"));
  }

  /** Every kind of field, filled in beforehand (SEP-1034). */
  static Question defaults() {
    return Question.form("Please review the fields", new JsonObject(DEFAULTS));
  }

  /** Every way to offer a choice (SEP-1330). */
  static Question choices() {
    return Question.form("Please select options", new JsonObject(CHOICES));
  }

  /** What the user wrote there, or a word for nothing where the form was not accepted. */
  static String filled(Answers answers, String key, String field) {
    var form = answers.form(key);
    return form == null ? "nobody" : form.getString(field, "nobody");
  }

  /** MCP's form schemas have no {@code additionalProperties}. */
  private static Question form(String message, Schema fields) {
    var schema = fields.toJson();
    schema.remove("additionalProperties");
    return Question.form(message, schema);
  }
}
