package io.umbel.tools.compliance;

import io.umbel.contract.Caller;
import io.umbel.tools.compliance.kept.Kept;
import io.umbel.tools.compliance.kept.Results;
import io.umbel.tools.compliance.kept.Standard;
import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.rules.Metric;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what others ask about that is kept here, as {@code docs/bus.md} has it under "manage":
 * the metrics, and the results of an issue whose text the asking one has.
 */
final class KeptDesk {

  private static final Logger LOG = LoggerFactory.getLogger(KeptDesk.class);

  private final Metrics metrics;
  private final Results results;
  private final Optional<String> model;

  /**
   * A desk for these.
   *
   * @param model the language model whose results still count; nothing where there is none
   */
  KeptDesk(Metrics metrics, Results results, Optional<String> model) {
    this.metrics = metrics;
    this.results = results;
    this.model = model;
  }

  Future<JsonObject> manage(Caller caller, JsonObject request) {
    return switch (request.getString("operation", "")) {
      case "listComplianceMetrics" -> Future.succeededFuture(answer(listed()));
      case "listIssueResults" -> results(caller, request.getJsonObject("body", new JsonObject()));
      default -> Future.succeededFuture(problem(404, "not-found", "There is nothing of the kind"));
    };
  }

  private JsonArray listed() {
    var all = new JsonArray();
    metrics
        .all()
        .forEach(metric -> all.add(JsonObject.of("id", metric.id())
            .put("name", metric.name())
            .put("short_name", metric.shortName())));
    return all;
  }

  private Future<JsonObject> results(Caller caller, JsonObject issue) {
    if (!(issue.getValue("id") instanceof String id)) {
      return Future.succeededFuture(problem(400, "invalid-request", "Send the issue as the body"));
    }
    var asked = AskedIssue.found(id, issue);
    return results
        .of(caller.account(), id, asked.text().hash())
        .map(kept -> answer(told(caller.account(), asked, kept)))
        .recover(why -> {
          LOG.warn("Results cannot be looked up: {}", why.getMessage());
          return Future.succeededFuture(problem(503, "database-away", "Results cannot be read"));
        });
  }

  /** In the metrics' order; of each, what the rules say and then what the model does. */
  private JsonArray told(String account, AskedIssue issue, List<Kept> kept) {
    var told = new JsonArray();
    for (var metric : metrics.all()) {
      var standards = new ArrayList<Standard>();
      standards.add(RuleJudge.standard(account, metric));
      model.ifPresent(name -> standards.add(ModelJudge.standard(account, metric, name)));
      standards.forEach(standard -> kept.stream()
          .filter(one -> one.standard().equals(standard))
          .forEach(one -> told.add(json(metric, issue, one))));
    }
    return told;
  }

  private static JsonObject json(Metric metric, AskedIssue issue, Kept kept) {
    return ResultJson.told(metric, issue, Verdict.of(kept.standard(), kept.judged()));
  }

  private static JsonObject answer(JsonArray body) {
    return JsonObject.of("status", 200, "body", body);
  }

  private static JsonObject problem(int status, String type, String detail) {
    return JsonObject.of("status", status)
        .put("body", JsonObject.of("type", type, "detail", detail));
  }
}
