package io.umbel.tools.compliance;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.JsonSchema;
import io.umbel.contract.Node;
import io.umbel.contract.Provided;
import io.umbel.contract.Provision;
import io.umbel.contract.TailoredToolVerticle;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.umbel.contract.ToolResult;
import io.umbel.tools.compliance.kept.Results;
import io.umbel.tools.compliance.kept.StoredResults;
import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.metrics.MetricsFile;
import io.umbel.tools.compliance.model.Budget;
import io.umbel.tools.compliance.model.Estimates;
import io.umbel.tools.compliance.model.Model;
import io.umbel.tools.compliance.model.ModelSettings;
import io.umbel.tools.compliance.model.Proposals;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Estimates how well issues are written, and proposes what they lack. The issues are those of the
 * family that has them, asked over the bus on behalf of the caller: who has no tool there to read
 * an issue with has none of these either.
 */
public final class ComplianceTools extends TailoredToolVerticle {

  /** Configuration: a file of the operator's own metrics; none where absent. */
  public static final String METRICS_FILE = "metrics_file";

  private static final String ESTIMATE = "estimate_compliance";
  private static final String IMPROVE = "improve_compliance";
  private static final String ISSUES = "issues";
  private static final String GET_ISSUE = "get_issue";
  private static final String UPDATE_ISSUE = "update_issue";

  /** A model takes seconds an issue. */
  private static final Duration WITH_A_MODEL = Duration.ofMinutes(2);

  private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(5);

  private Provision provision;
  private KeptDesk kept;
  private Optional<Model> model = Optional.empty();

  @Override
  protected List<String> asks() {
    return List.of(ISSUES);
  }

  @Override
  protected List<String> follows() {
    return List.of(ISSUES);
  }

  @Override
  public List<String> possibleTools() {
    return List.of(ESTIMATE, IMPROVE);
  }

  @Override
  public boolean needsDatabase() {
    return true;
  }

  @Override
  protected Future<?> prepare() {
    return metrics().compose(this::open).compose(ready -> super.prepare());
  }

  @Override
  protected Future<Provision> provide(Caller caller) {
    return askProvided(caller, ISSUES)
        .map(theirs -> hasIssues(theirs) ? provision : Provision.nothing())
        .recover(ComplianceTools::unlessNobodyIsThere);
  }

  private static boolean hasIssues(Provided theirs) {
    return theirs.offers().tools().stream().map(OfferedTool::name).anyMatch(GET_ISSUE::equals);
  }

  /** Without the family of issues there is nothing to judge; when it comes, this is asked again. */
  private static Future<Provision> unlessNobodyIsThere(Throwable failure) {
    return failure instanceof ToolFailure known && known.code() == ErrorCode.UPSTREAM_ERROR
        ? Future.succeededFuture(Provision.nothing().keptFor(UNTIL_ASKED_AGAIN))
        : Future.failedFuture(failure);
  }

  private Future<Metrics> metrics() {
    var file = config().getString(METRICS_FILE);
    return file == null
        ? Future.succeededFuture(Metrics.OURS)
        : vertx.executeBlocking(() -> MetricsFile.read(Path.of(file)));
  }

  @Override
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    return kept.manage(caller, request);
  }

  @Override
  protected Future<?> finish() {
    return model.map(Model::close).orElseGet(Future::succeededFuture);
  }

  private Future<?> open(Metrics metrics) {
    return StoredResults.open(vertx)
        .compose(results -> openModel().onSuccess(ready -> furnish(metrics, results)));
  }

  private Future<?> openModel() {
    return ModelSettings.of(config())
        .map(settings -> Budget.open(vertx, StoredResults.SCHEMA, settings.dailyTokens())
            .onSuccess(budget -> model = Optional.of(new Model(vertx, settings, budget))))
        .orElseGet(Future::succeededFuture);
  }

  private void furnish(Metrics metrics, Results results) {
    var issues =
        new ReadIssues((call, arguments) -> askTool(call.origin(), ISSUES, GET_ISSUE, arguments));
    var estimates = model.map(asked -> new Estimates(asked, metrics));
    var proposals = model.map(asked -> new Proposals(asked, metrics));
    var judging = new Judging(results, Node.of(vertx).clock());
    var estimating = new Estimating(metrics, issues, judging, new RuleJudge(vertx), estimates);
    var improving = new Improving(vertx, metrics, issues, proposals, this::accepted);
    kept = new KeptDesk(metrics, results, estimates.map(Estimates::model));
    provision = Provision.of(enabled(estimate(estimating::estimate), improve(improving::improve)));
  }

  /** What this caller's own {@code update_issue} takes. */
  private Future<Optional<JsonSchema>> accepted(Caller caller) {
    return askProvided(caller, ISSUES)
        .map(theirs -> theirs.offers().tools().stream()
            .filter(tool -> tool.name().equals(UPDATE_ISSUE))
            .map(tool -> JsonSchema.compile(tool.definition().getJsonObject("inputSchema")))
            .findFirst());
  }

  private List<Tool> enabled(Tool... all) {
    JsonArray enabled = config().getJsonArray(ENABLED_TOOLS);
    return Stream.of(all)
        .filter(tool -> enabled == null || enabled.contains(tool.name()))
        .toList();
  }

  private Tool estimate(Function<ToolCall, Future<ToolResult>> function) {
    var description =
        "Estimates how well issues are written, by Definition of Ready (DoR), INVEST or"
            + " Risk: a factor from 0 to 1, what each check found, and what to do first. It judges form,"
            + " not truth: it sees that there are acceptance criteria, not that they are right.";
    return tool(Tool.named(ESTIMATE, description, Shapes.input(), function)
        .titled("Estimate compliance")
        .returns(Shapes.estimates()));
  }

  private Tool improve(Function<ToolCall, Future<ToolResult>> function) {
    var description =
        "Proposes what issues lack, as calls of update_issue that you can make as they"
            + " are. It writes nothing itself, keeps every word of the author, and adds sections for you"
            + " to fill in; the estimate rises when they are filled in, not before.";
    return tool(Tool.named(IMPROVE, description, Shapes.input(), function)
        .titled("Improve compliance")
        .returns(Shapes.suggestions()));
  }

  private Tool tool(Tool tool) {
    return tool.within(model.isPresent() ? WITH_A_MODEL : Tool.DEFAULT_TIMEOUT)
        .readOnly()
        .idempotent()
        .destructive(false)
        .openWorld(false)
        .tagged("compliance");
  }
}
