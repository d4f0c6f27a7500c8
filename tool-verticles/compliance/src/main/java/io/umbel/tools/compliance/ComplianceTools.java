package io.umbel.tools.compliance;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Node;
import io.umbel.contract.Provided;
import io.umbel.contract.Provision;
import io.umbel.contract.TailoredToolVerticle;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.umbel.contract.ToolResult;
import io.umbel.tools.compliance.kept.StoredResults;
import io.umbel.tools.compliance.metrics.Metrics;
import io.umbel.tools.compliance.metrics.MetricsFile;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(5);

  private Provision provision;

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

  private Future<?> open(Metrics metrics) {
    var issues =
        new ReadIssues((call, arguments) -> askTool(call.origin(), ISSUES, GET_ISSUE, arguments));
    return StoredResults.open(vertx).onSuccess(results -> {
      var judging = new Judging(vertx, results, Node.of(vertx).clock());
      provision = Provision.of(enabled(
          estimate(new Estimating(metrics, issues, judging)::estimate),
          improve(new Improving(vertx, metrics, issues)::improve)));
    });
  }

  private List<Tool> enabled(Tool... all) {
    JsonArray enabled = config().getJsonArray(ENABLED_TOOLS);
    return Stream.of(all)
        .filter(tool -> enabled == null || enabled.contains(tool.name()))
        .toList();
  }

  private static Tool estimate(Function<ToolCall, Future<ToolResult>> function) {
    var description =
        "Estimates how well issues are written, by Definition of Ready (DoR), INVEST or"
            + " Risk: a factor from 0 to 1, what each check found, and what to do first. It judges form,"
            + " not truth: it sees that there are acceptance criteria, not that they are right.";
    return tool(Tool.named(ESTIMATE, description, Shapes.input(), function)
        .titled("Estimate compliance")
        .returns(Shapes.estimates()));
  }

  private static Tool improve(Function<ToolCall, Future<ToolResult>> function) {
    var description =
        "Proposes what issues lack, as calls of update_issue that you can make as they"
            + " are. It writes nothing itself, keeps every word of the author, and adds sections for you"
            + " to fill in; the estimate rises when they are filled in, not before.";
    return tool(Tool.named(IMPROVE, description, Shapes.input(), function)
        .titled("Improve compliance")
        .returns(Shapes.suggestions()));
  }

  private static Tool tool(Tool tool) {
    return tool.readOnly().idempotent().destructive(false).openWorld(false).tagged("compliance");
  }
}
