package io.umbel.gateway.rest;

import io.vertx.core.json.JsonObject;

/**
 * Changes an object by another one: what is absent stays, null takes away.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
final class MergePatch {

  private MergePatch() {}

  static JsonObject apply(JsonObject target, JsonObject patch) {
    var merged = target.copy();
    patch.forEach(member -> {
      if (member.getValue() == null) {
        merged.remove(member.getKey());
      } else if (member.getValue() instanceof JsonObject inner) {
        var before =
            merged.getValue(member.getKey()) instanceof JsonObject there ? there : new JsonObject();
        merged.put(member.getKey(), apply(before, inner));
      } else {
        merged.put(member.getKey(), member.getValue());
      }
    });
    return merged;
  }
}
