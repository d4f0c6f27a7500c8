package io.umbel.launcher.node;

import io.umbel.launcher.settings.EntitiesKey;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import io.umbel.tools.entities.EntitiesTools;
import io.vertx.core.json.JsonObject;

/** How the settings of this process set up its search for entities. */
record EntitiesPlan(Settings settings) {

  /** The word of the role. */
  static final String ROLE = "entities";

  /** The family's configuration. */
  JsonObject configuration() {
    var config = JsonObject.of(EntitiesTools.MAX_RESULT_BYTES, settings.number(Key.MAX_RESULT));
    put(config, EntitiesTools.FILE, EntitiesKey.FILE);
    put(config, EntitiesTools.KEY, EntitiesKey.KEY);
    return config;
  }

  private void put(JsonObject config, String name, Key key) {
    if (settings.isGiven(key)) {
      config.put(name, settings.text(key));
    }
  }
}
