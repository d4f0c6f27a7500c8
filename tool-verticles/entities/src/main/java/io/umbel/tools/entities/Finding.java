package io.umbel.tools.entities;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.umbel.contract.ToolResult;
import io.umbel.tools.entities.find.Backend;
import io.umbel.tools.entities.find.Found;
import io.umbel.tools.entities.find.Found.Hit;
import io.umbel.tools.entities.find.Wanted;
import io.umbel.tools.entities.settings.EntityType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers both tools: what is asked, within bounds, of the backend, for the caller's account. */
record Finding(Backend backend, Map<String, EntityType> types, int maxBytes) {

  Future<ToolResult> users(ToolCall call) {
    return answer(
        call,
        types.get(EntityType.USER),
        Shapes.USUAL_USERS,
        found -> told(call, found).put("users", list(found, Users::user)));
  }

  Future<ToolResult> entities(ToolCall call) {
    var type = types.get(call.text("entity_type"));
    return answer(
        call,
        type,
        type.defaultLimit(),
        found -> told(call, found)
            .put("entity_type", type.name())
            .put("entities", list(found, Finding::entity)));
  }

  private Future<ToolResult> answer(
      ToolCall call, EntityType type, int usual, Function<Found, JsonObject> shape) {
    return Future.succeededFuture(usual)
        .map(limit -> wanted(call, type, (int) call.integer("limit", limit)))
        .compose(wanted -> backend.find(call.caller().account(), type, wanted))
        .map(found -> result(shape.apply(found)))
        .recover(Finding::refused);
  }

  private static Wanted wanted(ToolCall call, EntityType type, int limit) {
    if (call.text("query").isBlank()) {
      throw refusal("query is blank: say what to look for");
    }
    if (limit > type.maxLimit()) {
      throw refusal("limit is at most %d for %s".formatted(type.maxLimit(), type.name()));
    }
    return new Wanted(
        call.text("query"),
        (int) call.integer("offset"),
        limit,
        call.has("min_score") ? call.number("min_score") : null,
        call.text("user_type"));
  }

  private JsonObject told(ToolCall call, Found found) {
    return new JsonObject()
        .put("success", true)
        .put("backend", backend.name())
        .put("query", call.text("query"))
        .put("total_hits", found.total())
        .put("returned_count", found.hits().size());
  }

  private static JsonArray list(Found found, Function<Hit, JsonObject> shape) {
    return new JsonArray(List.copyOf(found.hits().stream().map(shape).toList()));
  }

  private static JsonObject entity(Hit hit) {
    return new JsonObject()
        .put("id", hit.id())
        .put("score", hit.shownScore())
        .put("data", hit.data());
  }

  private ToolResult result(JsonObject answer) {
    return answer.toBuffer().length() > maxBytes
        ? ToolResult.failure(
            ErrorCode.TOO_LARGE,
            "The entities found are too large for one answer; ask for fewer with limit")
        : ToolResult.of(answer);
  }

  private static ToolFailure refusal(String why) {
    return new ToolFailure(ErrorCode.INVALID_ARGUMENT, why, null);
  }

  private static Future<ToolResult> refused(Throwable why) {
    return why instanceof ToolFailure failure
        ? Future.succeededFuture(failure.toResult())
        : Future.failedFuture(why);
  }
}
