package io.umbel.contract;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Says what the value of an argument may be, given its beginning. */
@FunctionalInterface
public interface Completion {

  /**
   * The values.
   *
   * @param beginning what has been typed
   * @param others the arguments that are filled in already
   */
  Future<List<String>> complete(String beginning, JsonObject others);

  /** One of these words. */
  static Completion of(String... words) {
    return (beginning, others) -> Future.succeededFuture(List.of(words).stream()
        .filter(
            word -> word.toLowerCase(Locale.ROOT).startsWith(beginning.toLowerCase(Locale.ROOT)))
        .toList());
  }
}
