package io.umbel.tools.entities;

import io.umbel.contract.Schema;
import io.vertx.core.json.JsonObject;
import java.util.Collection;

/** What both tools take and give. */
final class Shapes {

  /** How far into what was found one may look. */
  static final int MOST_OFFSET = 9_900;

  static final int MOST_LIMIT = 100;
  static final int USUAL_USERS = 3;
  private static final int MOST_LETTERS = 256;
  private static final int MOST_SCORE = 10_000;

  private Shapes() {}

  static Schema users() {
    return threshold(
            limit(query(Schema.object()), "How many users at most").with("default", USUAL_USERS))
        .choice("user_type", "Only users of this type", "requester", "technician")
        .require("query");
  }

  static Schema entities(Collection<String> types) {
    var schema =
        Schema.object().choice("entity_type", "What kind of entity", types.toArray(String[]::new));
    return threshold(limit(
            query(schema), "How many entities at most; 10 unless the operator says otherwise"))
        .integer("offset", "How many of the best to leave out")
        .between(0, MOST_OFFSET)
        .with("default", 0)
        .require("entity_type", "query");
  }

  static Schema foundUsers() {
    var user = Schema.object().text("id", "Its id");
    for (var name : Users.TEXTS) {
      user.text(name, "As it was given; absent where it was not");
    }
    user.number("score", "How well it fits, on the backend's own scale").require("id", "score");
    return found()
        .list("users", "The best first", user.toJson())
        .require("success", "backend", "query", "total_hits", "returned_count", "users");
  }

  static Schema foundEntities() {
    var entity = Schema.object()
        .text("id", "Its id")
        .number("score", "How well it fits, on the backend's own scale")
        .property("data", new JsonObject().put("type", "object").put("description", "All of it"))
        .require("id", "score", "data");
    return found()
        .text("entity_type", "What kind of entity")
        .list("entities", "The best first", entity.toJson())
        .require(
            "success",
            "backend",
            "entity_type",
            "query",
            "total_hits",
            "returned_count",
            "entities");
  }

  private static Schema found() {
    return Schema.object()
        .flag("success", "True")
        .text("backend", "What looked: scores of one backend say nothing about another's")
        .text("query", "What was looked for")
        .integer("total_hits", "How many reach the threshold")
        .integer("returned_count", "How many of them are here");
  }

  private static Schema query(Schema schema) {
    return schema
        .text("query", "Words to look for, perhaps misspelt")
        .with("minLength", 1)
        .with("maxLength", MOST_LETTERS);
  }

  private static Schema limit(Schema schema, String description) {
    return schema.integer("limit", description).between(1, MOST_LIMIT);
  }

  private static Schema threshold(Schema schema) {
    return schema
        .number(
            "min_score",
            "Only hits with at least this score, instead of the configured ones; 0 for all")
        .between(0, MOST_SCORE);
  }
}
