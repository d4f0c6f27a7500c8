package io.umbel.tools.compliance;

import io.umbel.tools.compliance.kept.Judged;
import io.umbel.tools.compliance.kept.Results;
import io.umbel.tools.compliance.kept.Standard;
import io.umbel.tools.compliance.model.ModelFailure;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has issues judged. What is known of an issue that says the same as before is not found out again.
 * Where results cannot be kept, or found again, that costs time and nothing else. What a judge
 * could not find out is never kept.
 */
final class Judging {

  private static final Logger LOG = LoggerFactory.getLogger(Judging.class);
  private static final int AT_ONCE = 10;

  private final Results results;
  private final Clock clock;

  Judging(Results results, Clock clock) {
    this.results = results;
    this.clock = clock;
  }

  /** What these issues were found to be, by their ids. */
  Future<Map<String, Verdict>> judge(
      Judge judge, Question question, Collection<AskedIssue> issues) {
    var standard = judge.standard(question);
    var byId = new LinkedHashMap<String, AskedIssue>();
    issues.forEach(issue -> byId.put(issue.id(), issue));
    return known(standard, byId.keySet()).compose(known -> {
      var all = new HashMap<String, Verdict>();
      known.forEach((id, judged) -> all.put(id, Verdict.of(standard, judged)));
      var open = byId.values().stream()
          .filter(issue -> !isCurrent(known.get(issue.id()), issue, question))
          .toList();
      return InOrder.each(
              open, AT_ONCE, issue -> verdict(judge, question, issue, known.get(issue.id())))
          .compose(found -> kept(standard, byTheirIds(open, found)))
          .map(found -> {
            all.putAll(found);
            return all;
          });
    });
  }

  private static boolean isCurrent(Judged judged, AskedIssue issue, Question question) {
    return judged != null
        && !question.refresh()
        && judged.contentHash().equals(issue.text().hash());
  }

  private Future<Map<String, Judged>> known(Standard standard, Collection<String> ids) {
    return results.find(standard, ids).recover(failure -> {
      LOG.warn("Results cannot be looked up: {}", failure.getMessage());
      return Future.succeededFuture(Map.of());
    });
  }

  private Future<Verdict> verdict(Judge judge, Question question, AskedIssue issue, Judged before) {
    var standard = judge.standard(question);
    return judge
        .judge(question, issue)
        .map(result -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
          var since = before == null ? now : before.createdAt();
          return Verdict.of(standard, new Judged(issue.text().hash(), result, since, now));
        })
        .recover(why -> why instanceof ModelFailure failure
            ? Future.succeededFuture(Verdict.none(standard, failure))
            : Future.failedFuture(why));
  }

  private static Map<String, Verdict> byTheirIds(List<AskedIssue> issues, List<Verdict> found) {
    var all = new LinkedHashMap<String, Verdict>();
    for (int i = 0; i < issues.size(); i++) {
      all.put(issues.get(i).id(), found.get(i));
    }
    return all;
  }

  private Future<Map<String, Verdict>> kept(Standard standard, Map<String, Verdict> found) {
    var there = new LinkedHashMap<String, Judged>();
    found.forEach((id, verdict) -> {
      if (verdict.isThere()) {
        there.put(id, verdict.judged());
      }
    });
    return results
        .keep(standard, there)
        .onFailure(failure -> LOG.warn("Results cannot be kept: {}", failure.getMessage()))
        .transform(done -> Future.succeededFuture(found));
  }
}
