package io.umbel.tools.search.find;

import io.umbel.contract.ToolCall;
import io.umbel.tools.search.index.Folded;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What is looked for.
 *
 * @param text the query without accents; empty for whatever is newest
 * @param way how
 * @param target among what
 * @param filter only those
 * @param limit how many at most
 * @param offset how many were told before
 */
record Wanted(String text, Way way, Target target, Filter filter, int limit, int offset) {

  /** How it is looked for. */
  enum Way {
    AUTO,
    FULLTEXT,
    SIMILARITY,
    HYBRID;

    /** Its word. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Among what. */
  enum Target {
    ISSUE,
    COMMENT,
    ALL
  }

  /**
   * What is no condition is null.
   *
   * @param project the row of a tracker's project
   * @param status a status, or a category
   * @param labels which all have to be there
   */
  record Filter(UUID project, String status, List<String> labels) {}

  static final int USUAL = 10;

  /** What a call looks for, in that project. */
  static Wanted of(ToolCall call, UUID project) {
    var status = call.text("status");
    var filter = new Filter(
        project,
        status == null ? null : status.strip().toLowerCase(Locale.ROOT).replaceAll("[ -]", "_"),
        call.texts("labels").stream().map(Folded::composed).toList());
    return new Wanted(
        Folded.of(Folded.composed(call.text("query"))).strip(),
        Way.valueOf(call.text("search_type", "auto").toUpperCase(Locale.ROOT)),
        Target.valueOf(call.text("target_type", "all").toUpperCase(Locale.ROOT)),
        filter,
        (int) call.integer("limit", USUAL),
        Place.of(call));
  }

  boolean isBlank() {
    return text.isBlank();
  }

  boolean hasIssues() {
    return target != Target.COMMENT;
  }

  boolean hasComments() {
    return target != Target.ISSUE;
  }

  /** The same, that many from the beginning. */
  Wanted first(int most) {
    return new Wanted(text, way, target, filter, most, 0);
  }

  /** Whether the words alone were given: nothing says how they belong together. */
  boolean isPlain() {
    return !text.contains("\"") && !(" " + text).matches("(?is).*\\s-\\S.*|.*\\sor\\s.*");
  }
}
