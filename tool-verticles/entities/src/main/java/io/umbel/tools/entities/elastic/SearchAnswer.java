package io.umbel.tools.entities.elastic;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolFailure;
import io.umbel.outbound.Answer;
import io.umbel.tools.entities.find.Found;
import io.umbel.tools.entities.find.Found.Hit;
import io.umbel.tools.entities.settings.EntityType;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Set;

/** What the server said. */
record SearchAnswer(Answer answer) {

  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
  private static final int NOT_FOUND = 404;
  private static final Set<Integer> NOT_OPEN = Set.of(401, 403);

  /** Whether the same question may well be answered a little later. */
  boolean isPassing() {
    return PASSING.contains(answer.status());
  }

  /** Whether there is no such index. */
  boolean isNoIndex() {
    return answer.status() == NOT_FOUND && "index_not_found_exception".equals(reason());
  }

  static ToolFailure noHits() {
    return new ToolFailure(
        ErrorCode.UPSTREAM_ERROR, "Elasticsearch answered with something else than hits", null);
  }

  /** What was found; throws {@link ToolFailure} where nothing could be looked for. */
  Found found(EntityType type) {
    if (answer.isGood()) {
      return found(answer.object());
    }
    if (isNoIndex()) {
      throw Found.noData(type);
    }
    if (NOT_OPEN.contains(answer.status())) {
      throw new ToolFailure(
          ErrorCode.NOT_CONFIGURED,
          "Elasticsearch does not let Umbel read these entities; the operator has to look at"
              + " umbel.entities.key",
          null);
    }
    throw new ToolFailure(
        ErrorCode.UPSTREAM_ERROR,
        "Elasticsearch answered with HTTP status " + answer.status(),
        null);
  }

  /** The kind of error, for people who run this; empty where the server says none. */
  String reason() {
    try {
      return answer.object().getJsonObject("error").getString("type", "");
    } catch (RuntimeException e) {
      return ""; // Whatever is between may answer in its own way.
    }
  }

  private static Found found(JsonObject body) {
    try {
      var hits = body.getJsonObject("hits");
      var found = new ArrayList<Hit>();
      hits.getJsonArray("hits").forEach(hit -> found.add(hit((JsonObject) hit)));
      return new Found(hits.getJsonObject("total").getLong("value"), found);
    } catch (ClassCastException | NullPointerException e) {
      throw noHits();
    }
  }

  private static Hit hit(JsonObject hit) {
    var data = hit.getJsonObject("_source");
    var id = data.getValue("id");
    return new Hit(id == null ? hit.getString("_id") : id.toString(), hit.getFloat("_score"), data);
  }
}
