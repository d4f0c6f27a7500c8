package io.umbel.registry.scan;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;

/** Takes off a definition what no client should be given: texts and icons that are too large. */
final class Trimming {

  private static final int LONGEST_DESCRIPTION = 16 * 1_024;
  private static final int LONGEST_TITLE = 512;
  private static final int LONGEST_ICON = 64 * 1_024;
  private static final int MOST_ICONS = 8;

  private final Offered offered;
  private final String name;

  Trimming(Offered offered, String name) {
    this.offered = offered;
    this.name = name;
  }

  JsonObject of(JsonObject given) {
    var json = new JsonObject(new LinkedHashMap<>(given.getMap()));
    cut(json, "description", LONGEST_DESCRIPTION);
    cut(json, "title", LONGEST_TITLE);
    if (json.containsKey("icons")) {
      icons(json);
    }
    return json;
  }

  private void cut(JsonObject json, String member, int longest) {
    if (json.getValue(member) instanceof String text && text.length() > longest) {
      json.put(member, text.substring(0, longest) + "…");
      offered.note("%s: its %s is cut to %d characters".formatted(name, member, longest));
    }
  }

  private void icons(JsonObject json) {
    var kept = new JsonArray();
    if (json.getValue("icons") instanceof JsonArray icons) {
      icons.stream().filter(Trimming::isFit).limit(MOST_ICONS).forEach(kept::add);
      if (kept.size() < icons.size()) {
        offered.note(name + ": icons that are too large, too many, or neither https nor data,"
            + " are left out");
      }
    }
    json.remove("icons");
    if (!kept.isEmpty()) {
      json.put("icons", kept);
    }
  }

  private static boolean isFit(Object icon) {
    if (!(icon instanceof JsonObject json) || !(json.getValue("src") instanceof String source)) {
      return false;
    }
    var scheme = source.substring(0, Math.min(source.length(), 8)).toLowerCase(Locale.ROOT);
    return source.length() <= LONGEST_ICON
        && (scheme.startsWith("https://") || scheme.startsWith("data:"));
  }
}
