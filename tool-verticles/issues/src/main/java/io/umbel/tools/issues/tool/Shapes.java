package io.umbel.tools.issues.tool;

import io.umbel.contract.Schema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What results look like. */
final class Shapes {

  private static final JsonObject TEXT = new JsonObject().put("type", "string");

  private Shapes() {}

  /** An issue without its text. */
  static Schema line() {
    var shape = Schema.object()
        .text("id", "Ours, the same for as long as the issue is here")
        .text("external_id", "What its tracker calls it")
        .text("key", "What people call it")
        .text("title", "One line")
        .text("status", "As its tracker calls it; meta_data has its category")
        .property("priority", orNull("How urgent it is"))
        .list("labels", "Its labels", TEXT)
        .property("assignee", orNull("Who is to do it"))
        .text("organization", "What its tracker's project is part of")
        .text("project", "The name of its tracker's project")
        .property("project_id", orNull("The project of your account that it belongs to"))
        .text("project_identifier", "The identifier of its tracker's project")
        .text("url", "Where it is")
        .text("created_at", "When it was made (RFC 3339)")
        .text("updated_at", "When it changed last (RFC 3339)")
        .text("revision", "SHA-256 over title, description and labels")
        .property("meta_data", open("What else is known: status_category, type, author, tracker"));
    return shape.require("id", "key", "title", "status", "labels", "url", "revision", "meta_data");
  }

  /** An issue. */
  static Schema issue() {
    return line()
        .text("description", "Markdown, as it was written")
        .list("comments", "The first of its comments, where they were asked for", comment())
        .integer("comments_omitted", "Present where list_comments has more than these")
        .list("links", "What it is linked to", link())
        .list(
            "compliance_results",
            "What was found of its text as it is now, where that was asked for",
            open("One result, as estimate_compliance tells it"))
        .list("degraded", "What it had to do without: compliance_unavailable", TEXT)
        .require("description");
  }

  static JsonObject comment() {
    return Schema.object()
        .text("id", "What in_reply_to takes")
        .text("author", "Who said it")
        .text("body", "Markdown")
        .property("in_reply_to", orNull("The comment that it answers"))
        .text("url", "Where it is")
        .text("created_at", "When (RFC 3339)")
        .text("updated_at", "When it changed last (RFC 3339)")
        .require("id", "author", "body", "created_at")
        .toJson();
  }

  static JsonObject link() {
    return Schema.object()
        .text("relation", "How the issue stands to that one")
        .text("id", "The other's id")
        .text("key", "The other's key")
        .text("title", "The other's title")
        .text("status", "The other's status")
        .require("relation", "key")
        .toJson();
  }

  static JsonObject label() {
    return Schema.object()
        .text("name", "What it is called")
        .property("description", orNull("What it is for"))
        .property("color", orNull("Six hexadecimal digits"))
        .integer("issues", "How many issues have it")
        .require("name", "issues")
        .toJson();
  }

  static JsonObject change() {
    return Schema.object()
        .text("at", "When (RFC 3339)")
        .text("actor", "Who did it")
        .property("agent", orNull("The agent that did it for them"))
        .text("field", "What changed; created, comment and link for what their names say")
        .property("before", orNull("What it was, cut after 2,000 characters"))
        .property("after", orNull("What it became, cut after 2,000 characters"))
        .require("at", "actor", "field")
        .toJson();
  }

  /** A list with its way on. */
  static Schema page(String name, String description, JsonObject item) {
    return Schema.object()
        .list(name, description, item)
        .text("next_cursor", "The cursor of the next page; absent on the last")
        .require(name);
  }

  static JsonObject orNull(String description) {
    return new JsonObject()
        .put("type", new JsonArray().add("string").add("null"))
        .put("description", description);
  }

  static JsonObject open(String description) {
    return new JsonObject().put("type", "object").put("description", description);
  }
}
