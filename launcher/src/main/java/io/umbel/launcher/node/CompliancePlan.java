package io.umbel.launcher.node;

import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.ComplianceKey;
import io.umbel.launcher.settings.Settings;
import io.umbel.tools.compliance.ComplianceTools;
import io.umbel.tools.compliance.model.ModelSettings;
import io.vertx.core.json.JsonObject;

/**
 * How the settings of this process set up its compliance tools. What opens the language model goes
 * to that family and to no other.
 */
record CompliancePlan(Settings settings) {

  /** The word of the role. */
  static final String ROLE = "compliance";

  /**
   * The family's configuration.
   *
   * @throws Refusal if there is something wrong with the settings
   */
  JsonObject configuration() {
    var config = new JsonObject();
    if (settings.isGiven(ComplianceKey.METRICS)) {
      config.put(ComplianceTools.METRICS_FILE, settings.text(ComplianceKey.METRICS));
    }
    return settings.isGiven(ComplianceKey.MODEL_URL) ? config.mergeIn(model()) : config;
  }

  private JsonObject model() {
    if (!settings.isGiven(ComplianceKey.MODEL_NAME)) {
      throw Refusal.usage("umbel.compliance.model.url is there and umbel.compliance.model.name is"
          + " not: say which model to ask");
    }
    var config = new JsonObject()
        .put(ModelSettings.URL, settings.text(ComplianceKey.MODEL_URL))
        .put(ModelSettings.NAME, settings.text(ComplianceKey.MODEL_NAME))
        .put(ModelSettings.TIMEOUT_MILLIS, settings.number(ComplianceKey.MODEL_TIMEOUT))
        .put(ModelSettings.AT_ONCE, settings.number(ComplianceKey.MODEL_CONCURRENCY))
        .put(ModelSettings.DAILY_TOKENS, settings.number(ComplianceKey.MODEL_TOKENS));
    return settings.isGiven(ComplianceKey.MODEL_KEY)
        ? config.put(ModelSettings.KEY, settings.text(ComplianceKey.MODEL_KEY))
        : config;
  }
}
