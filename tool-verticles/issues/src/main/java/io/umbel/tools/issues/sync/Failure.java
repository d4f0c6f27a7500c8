package io.umbel.tools.issues.sync;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What could not be kept.
 *
 * @param key of the issue, or a project's identifier
 * @param message what is wrong with it
 */
record Failure(String key, String message) {

  /** How many are told of; all are counted. */
  static final int TOLD = 100;

  static JsonArray toJson(List<Failure> failures) {
    return new JsonArray(failures.stream()
        .limit(TOLD)
        .map(each -> JsonObject.of("key", each.key(), "message", each.message()))
        .toList());
  }
}
