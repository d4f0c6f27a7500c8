package io.umbel.tools.search.find;

import io.umbel.contract.Schema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What the tool takes and gives. */
final class Shapes {

  private static final String ID = "^[A-Za-z0-9_-]{1,64}$";
  private static final JsonObject TEXT = new JsonObject().put("type", "string");

  private Shapes() {}

  static Schema input() {
    var label = TEXT.copy().put("minLength", 1).put("maxLength", 100);
    return Schema.object()
        .text("query", "Words to look for; empty for the newest")
        .with("maxLength", 2000)
        .text("project", "Only in this project of a tracker: its identifier, name or id")
        .with("minLength", 1)
        .with("maxLength", 255)
        .integer("limit", "How many to give at most")
        .between(1, 100)
        .with("default", Wanted.USUAL)
        .choice("target_type", "What to look for", "issue", "comment", "all")
        .with("default", "all")
        .choice(
            "search_type",
            "fulltext: by words; similarity: by meaning; hybrid: by both; auto: the best there is",
            "auto",
            "fulltext",
            "similarity",
            "hybrid")
        .with("default", "auto")
        .text("status", "Only issues of this status, or category: todo, in_progress or done")
        .with("maxLength", 100)
        .list("labels", "Only issues that have all of these", label)
        .with("maxItems", 50)
        .text("cursor", "The next_cursor of the page before")
        .with("maxLength", 1000)
        .text("project_id", "Only within this project of your account; a token may say it instead")
        .with("pattern", ID)
        .text("agent_id", "The agent that calls; it can only be the token's own")
        .with("pattern", ID)
        .require("query");
  }

  static Schema output() {
    return Schema.object()
        .list("results", "The best first", result())
        .integer("total", "How many there are")
        .choice(
            "search_type_used",
            "How they were looked for; newest where the query is empty",
            "fulltext",
            "similarity",
            "hybrid",
            "newest")
        .list(
            "degraded",
            "What is not as it could be: semantic_unavailable (by words alone), any_word (nothing"
                + " has all the words), index_incomplete (some are not read yet), newest_compared"
                + " (by meaning, only the newest)",
            TEXT)
        .flag("truncated", "There where results were left out of a large answer")
        .integer("results_omitted", "How many")
        .text("next_cursor", "The cursor of the next page; absent on the last")
        .require("results", "total", "search_type_used", "degraded");
  }

  private static JsonObject result() {
    return Schema.object()
        .text("id", "What fetch takes")
        .choice("item_type", "What it is", "issue", "comment")
        .property("item", item())
        .number("similarity", "How well it fits; what that means is up to search_type_used")
        .between(0, 1)
        .text("snippet", "The piece of its text that fits best, 240 characters at most")
        .require("id", "item_type", "item", "similarity", "snippet")
        .toJson();
  }

  /** Members of an issue and of a comment: which are there depends on what it is. */
  private static JsonObject item() {
    return Schema.object()
        .text("id", "Its id; of an issue what get_issue takes")
        .text("key", "What people call the issue")
        .text("title", "One line")
        .text("status", "As its tracker calls it")
        .text("status_category", "todo, in_progress or done")
        .list("labels", "Its labels", TEXT)
        .property("assignee", orNull("Who is to do it"))
        .text("organization", "What its tracker's project is part of")
        .text("project", "The name of its tracker's project")
        .property("project_id", orNull("The project of your account that it belongs to"))
        .text("project_identifier", "The identifier of its tracker's project")
        .text("url", "Where it is")
        .text("revision", "SHA-256 over title, description and labels")
        .text("created_at", "When it was made (RFC 3339)")
        .text("updated_at", "When it changed last (RFC 3339)")
        .text("author", "Who wrote the comment")
        .text("issue_id", "The issue that the comment is of")
        .text("issue_key", "That one's key")
        .text("issue_title", "That one's title")
        .require("id", "url")
        .toJson();
  }

  private static JsonObject orNull(String description) {
    return new JsonObject()
        .put("type", new JsonArray().add("string").add("null"))
        .put("description", description);
  }
}
