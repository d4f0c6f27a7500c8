package io.umbel.tools.compliance.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.umbel.contract.JsonSchema;
import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.rules.IssueText;
import io.umbel.tools.compliance.rules.Metric;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What the model is asked. Texts and the forms of answers are files beside this class; what an
 * operator says of a metric of theirs comes in their place.
 */
final class Prompts {

  private static final int ESTIMATE_TOKENS = 2_000;
  private static final int IMPROVE_TOKENS = 3_000;
  private static final String ESTIMATE = "estimate";
  private static final String IMPROVE = "improve";

  private static final Map<String, String> OURS = Map.of(
      Metric.DOR.id(), "dor",
      Metric.INVEST.id(), "invest",
      Metric.RISK.id(), "risk");

  private final Metrics metrics;
  private final JsonSchema estimate = JsonSchema.compile(new JsonObject(file("estimate.json")));
  private final JsonSchema improve = JsonSchema.compile(new JsonObject(file("improve.json")));

  Prompts(Metrics metrics) {
    this.metrics = metrics;
  }

  /** How well is it written? */
  Prompt estimate(Metric metric, IssueText issue) {
    var own = metrics.promptsOf(metric).estimate();
    var block = Block.of(issue);
    var system = filled(ESTIMATE, own == null ? aim(metric, ESTIMATE) : own, block);
    return new Prompt(system, block.text(), estimate, ESTIMATE_TOKENS);
  }

  /**
   * How could it be written?
   *
   * @param findings what it lacks by the rules
   */
  Prompt improve(Metric metric, IssueText issue, String findings) {
    var own = metrics.promptsOf(metric).improve();
    var block = Block.of(issue);
    var aim = own == null ? aim(metric, IMPROVE) : own;
    var system = filled(IMPROVE, aim + "\n\nBy rules that see form only: " + findings, block);
    var longest = Prompt.tokensOf(issue.description()) * 2 + IMPROVE_TOKENS;
    return new Prompt(system, block.text(), improve, Math.toIntExact(longest));
  }

  /** Of a metric that is not ours, its checks say what it is about. */
  private static String aim(Metric metric, String what) {
    var ours = OURS.get(metric.id());
    if (ours != null) {
      return file(ours + "-" + what + ".txt").strip();
    }
    var checks = String.join("\n- ", metric.told());
    return "The metric is \"%s\". It looks for:\n- %s".formatted(metric.name(), checks);
  }

  private static String filled(String what, String aim, Block block) {
    return file(what + ".txt").strip().replace("{mark}", block.mark()).replace("{aim}", aim);
  }

  private static String file(String name) {
    try (var file = Prompts.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
