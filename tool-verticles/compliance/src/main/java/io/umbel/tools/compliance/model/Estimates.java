package io.umbel.tools.compliance.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.rules.IssueText;
import io.umbel.tools.compliance.rules.Metric;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.RoundingMode;

/** What the model makes of issues. */
public final class Estimates {

  private final Model model;
  private final Prompts prompts;

  public Estimates(Model model, Metrics metrics) {
    this.model = model;
    this.prompts = new Prompts(metrics);
  }

  /** Which model it is. */
  public String model() {
    return model.name();
  }

  /**
   * What it makes of one, as it is kept.
   *
   * @return fails with {@link ModelFailure}
   */
  public Future<JsonObject> of(String account, Metric metric, IssueText issue, Patience patience) {
    var looked = issue.bounded();
    return model
        .ask(account, prompts.estimate(metric, looked), patience)
        .map(answer -> result(answer, looked.description()));
  }

  private static JsonObject result(JsonNode answer, String description) {
    var factor = answer.get("compliance_factor").decimalValue();
    return new JsonObject()
        .put("compliance_factor", factor.setScale(2, RoundingMode.HALF_UP).doubleValue())
        .put("reason", answer.get("reason").textValue())
        .put("suggestion", answer.path("suggestion").asText(""))
        .put("annotated_description", places(answer.path("annotated_description"), description))
        .put("findings", new JsonArray());
  }

  /** Only what really stands there. */
  private static JsonArray places(JsonNode annotations, String description) {
    var places = new JsonArray();
    annotations.forEach(one -> {
      var text = one.get("text").textValue();
      if (description.contains(text)) {
        places.add(JsonObject.of("text", text, "label", one.get("label").textValue())
            .put("status", one.get("status").textValue())
            .put("comment", one.path("comment").asText("")));
      }
    });
    return places;
  }
}
