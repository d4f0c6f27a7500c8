package io.umbel.gateway.rest;

import io.umbel.gateway.audit.AuditQueries;
import io.umbel.gateway.audit.AuditQueries.Filter;
import io.umbel.gateway.rest.Problem.Wrong;
import io.vertx.core.Future;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is on record of the request's own account, and whether it is as it was written. */
final class AuditTrail implements RestRoutes {

  private static final int USUAL_PAGE = 50;

  private final Workshop workshop;
  private final Set<String> verifying = new HashSet<>();

  AuditTrail(Workshop workshop) {
    this.workshop = workshop;
  }

  @Override
  public Map<String, RestHandler> operations() {
    return Map.of("listAudit", this::list, "verifyAudit", this::verify);
  }

  private Future<RestAnswer> list(RestRequest request) {
    var query = request.query();
    var wrongs = new ArrayList<Wrong>();
    var filter = new Filter(
        query.get("tool"),
        query.get("agent_id"),
        query.get("project_id"),
        time("from", query, wrongs),
        time("to", query, wrongs));
    if (!wrongs.isEmpty()) {
      throw Problem.invalid(wrongs);
    }
    var before = Long.parseLong(query.getOrDefault("cursor", String.valueOf(Long.MAX_VALUE)));
    var most = Integer.parseInt(query.getOrDefault("limit", String.valueOf(USUAL_PAGE)));
    return queries().page(request.account(), filter, before, most).map(RestAnswer::of);
  }

  private static OffsetDateTime time(String name, Map<String, String> query, List<Wrong> wrongs) {
    var text = query.get(name);
    try {
      return text == null ? null : OffsetDateTime.parse(text);
    } catch (DateTimeParseException e) {
      wrongs.add(new Wrong(name, null, "is no time such as 2026-01-31T12:00:00Z"));
      return null;
    }
  }

  /** Reads every row of the account, so one at a time. */
  private Future<RestAnswer> verify(RestRequest request) {
    var account = request.account();
    var queries = queries();
    if (!verifying.add(account)) {
      throw Problem.conflict(
          "The record of this account is being verified: wait for that to end, then ask again");
    }
    return queries
        .verify(account)
        .onComplete(done -> verifying.remove(account))
        .map(RestAnswer::of);
  }

  private AuditQueries queries() {
    return new AuditQueries(workshop.store().orElseThrow(Problem::noDatabase).pool());
  }
}
