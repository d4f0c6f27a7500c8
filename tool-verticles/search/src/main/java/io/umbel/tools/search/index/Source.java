package io.umbel.tools.search.index;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Whoever has the issues. */
@FunctionalInterface
public interface Source {

  /** What changed. */
  String CHANGES = "listIssueChanges";

  /** The projects there are. */
  String PROJECTS = "listIssueProjects";

  /**
   * What it tells of an account.
   *
   * @param operation one of the above
   * @param after where the page before ended, or null for the beginning
   * @return {@code items}, {@code more} and, of changes, {@code after}; fails where none comes
   */
  Future<JsonObject> ask(String account, String operation, String after);
}
