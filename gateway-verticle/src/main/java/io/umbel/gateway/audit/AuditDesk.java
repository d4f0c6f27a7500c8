package io.umbel.gateway.audit;

import io.umbel.contract.Caller;
import io.umbel.gateway.audit.AuditQueries.Filter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a client may ask of the record, apart from how HTTP carries it: {@code GET /api/v1/audit}
 * and {@code GET /api/v1/audit/verify}. Whose record it is, the caller says, and nothing else.
 */
public final class AuditDesk {

  /** The scope it takes. */
  public static final String SCOPE = "view_audit";

  private static final String ADMIN = "admin";
  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 200;

  private static final Set<String> PARAMETERS =
      Set.of("tool", "agent_id", "project_id", "from", "to", CURSOR, LIMIT);

  private final AuditQueries queries;
  private final Set<String> verifying = new HashSet<>();

  public AuditDesk(AuditQueries queries) {
    this.queries = queries;
  }

  /**
   * Why nothing is said: words for the client.
   *
   * <p>An answer, not a bug: it has no stack.
   */
  public static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private Refused(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }

    /** As HTTP has it. */
    public int status() {
      return status;
    }
  }

  /**
   * A page of the caller's own record.
   *
   * @param query the parameters that were given, by name
   * @return {@code {items, next_cursor?}}; fails with {@link Refused}
   */
  public Future<JsonObject> list(Caller caller, Map<String, String> query) {
    try {
      admit(caller);
      query.keySet().stream()
          .filter(name -> !PARAMETERS.contains(name))
          .findFirst()
          .ifPresent(name -> {
            throw invalid(name, "is not known: there are " + String.join(", ", sorted()));
          });
      var filter = new Filter(
          query.get("tool"),
          query.get("agent_id"),
          query.get("project_id"),
          time("from", query.get("from")),
          time("to", query.get("to")));
      return queries.page(
          caller.account(),
          filter,
          whole(CURSOR, query.get(CURSOR), Long.MAX_VALUE, Long.MAX_VALUE),
          (int) whole(LIMIT, query.get(LIMIT), USUAL_PAGE, LARGEST_PAGE));
    } catch (Refused e) {
      return Future.failedFuture(e);
    }
  }

  /**
   * Whether the caller's own record is as it was written.
   *
   * @return {@code {intact, rows, broken?: {seq, id?, ts?, why}}}; fails with {@link Refused}
   */
  public Future<JsonObject> verify(Caller caller) {
    try {
      admit(caller);
    } catch (Refused e) {
      return Future.failedFuture(e);
    }
    if (!verifying.add(caller.account())) {
      return Future.failedFuture(
          new Refused(409, "The record of this account is being verified: wait for that to end"));
    }
    return queries.verify(caller.account()).onComplete(done -> verifying.remove(caller.account()));
  }

  private static void admit(Caller caller) {
    if (!caller.scopes().contains(SCOPE) && !caller.scopes().contains(ADMIN)) {
      throw new Refused(403, "To see the record takes the scope " + SCOPE);
    }
  }

  private static OffsetDateTime time(String name, String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text);
    } catch (DateTimeParseException e) {
      throw invalid(name, "is no time such as 2026-01-31T12:00:00Z");
    }
  }

  private static long whole(String name, String text, long absent, long largest) {
    if (text == null) {
      return absent;
    }
    if (!text.matches("[1-9][0-9]{0,17}") || Long.parseLong(text) > largest) {
      throw invalid(
          name,
          name.equals(CURSOR)
              ? "is not the next_cursor of an answer"
              : "is no whole number from 1 to " + largest);
    }
    return Long.parseLong(text);
  }

  private static Refused invalid(String name, String why) {
    return new Refused(400, "The parameter " + name + " " + why);
  }

  private static Iterable<String> sorted() {
    return PARAMETERS.stream().sorted().toList();
  }
}
