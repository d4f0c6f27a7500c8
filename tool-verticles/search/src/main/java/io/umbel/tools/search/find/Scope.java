package io.umbel.tools.search.find;

import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolFailure;

/**
 * What a caller may find: everything of an account, or what belongs to one project of it. The
 * gateway has held the call against grants; what the token says is held against it here again.
 *
 * @param account the tenant; first in every query
 * @param project the project of the house, or null for all of the account
 */
record Scope(String account, String project) {

  /**
   * The scope of a call.
   *
   * @param project what its {@code project_id} says, or null
   * @throws ToolFailure if the token does not reach so far
   */
  static Scope of(Caller caller, String project) {
    var wanted = project == null ? caller.project() : project;
    var isBoundElsewhere = caller.project() != null && !caller.project().equals(wanted);
    if (wanted != null && (isBoundElsewhere || !caller.reach().hasProject(wanted))) {
      throw denied("No access to project " + wanted);
    }
    if (wanted == null && (caller.agent() != null || caller.reach().projects() != null)) {
      throw denied("This token may not act in all projects: say in which one with project_id");
    }
    return new Scope(caller.account(), wanted);
  }

  private static ToolFailure denied(String message) {
    return new ToolFailure(ErrorCode.ACCESS_DENIED, message, null);
  }
}
