package io.umbel.tools.compliance;

import io.umbel.tools.compliance.kept.Judged;
import io.umbel.tools.compliance.kept.Results;
import io.umbel.tools.compliance.rules.Estimate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges issues by rules, on worker threads. What is known of an issue that says the same as before
 * is not found out again. Where results cannot be kept, or found again, that costs time and nothing
 * else.
 */
final class Judging {

  private static final Logger LOG = LoggerFactory.getLogger(Judging.class);
  private static final int AT_ONCE = 10;

  private final Vertx vertx;
  private final Results results;
  private final Clock clock;

  Judging(Vertx vertx, Results results, Clock clock) {
    this.vertx = vertx;
    this.results = results;
    this.clock = clock;
  }

  /** What these issues were found to be, by their ids. */
  Future<Map<String, Judged>> judge(Question question, Collection<AskedIssue> issues) {
    var byId = new LinkedHashMap<String, AskedIssue>();
    issues.forEach(issue -> byId.put(issue.id(), issue));
    return known(question, byId.keySet()).compose(known -> {
      var all = new HashMap<>(known);
      byId.forEach((id, issue) -> all.computeIfPresent(
          id, (same, judged) -> isCurrent(judged, issue, question) ? judged : null));
      var open = new ArrayList<>(byId.values());
      open.removeIf(issue -> all.containsKey(issue.id()));
      return InOrder.each(open, AT_ONCE, issue -> judged(question, issue, known.get(issue.id())))
          .compose(judged -> kept(question, open, judged))
          .onSuccess(all::putAll)
          .map(all);
    });
  }

  private static boolean isCurrent(Judged judged, AskedIssue issue, Question question) {
    return !question.refresh() && judged.contentHash().equals(issue.text().hash());
  }

  private Future<Map<String, Judged>> known(Question question, Collection<String> ids) {
    return results.find(question.standard(), ids).recover(failure -> {
      LOG.warn("Results cannot be looked up: {}", failure.getMessage());
      return Future.succeededFuture(Map.of());
    });
  }

  private Future<Judged> judged(Question question, AskedIssue issue, Judged before) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var text = issue.text();
    return vertx.executeBlocking(
        () -> new Judged(
            text.hash(),
            ResultJson.of(Estimate.of(question.metric(), text)),
            before == null ? now : before.createdAt(),
            now),
        false);
  }

  private Future<Map<String, Judged>> kept(
      Question question, List<AskedIssue> issues, List<Judged> judged) {
    var all = new LinkedHashMap<String, Judged>();
    for (int i = 0; i < issues.size(); i++) {
      all.put(issues.get(i).id(), judged.get(i));
    }
    return results
        .keep(question.standard(), all)
        .onFailure(failure -> LOG.warn("Results cannot be kept: {}", failure.getMessage()))
        .map(all)
        .otherwise(all)
        .map(same -> (Map<String, Judged>) same);
  }
}
