package io.umbel.tools.issues.store;

import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;

/**
 * What a caller may see: everything of an account, or what belongs to one project of it. The
 * gateway has held the call against grants; what the token says is held against it here again,
 * since other families ask without a gateway between.
 *
 * @param account the tenant; first in every query
 * @param project the project of the house, or null for all of the account
 */
public record Scope(String account, String project) {

  /**
   * The scope of a call.
   *
   * @param project what its {@code project_id} says, or null
   * @throws Refused if the token does not reach so far
   */
  public static Scope of(Caller caller, String project) {
    var wanted = project == null ? caller.project() : project;
    var isBoundElsewhere = caller.project() != null && !caller.project().equals(wanted);
    if (wanted != null && (isBoundElsewhere || !caller.reach().hasProject(wanted))) {
      throw Refused.noAccess(wanted);
    }
    if (wanted == null && (caller.agent() != null || caller.reach().projects() != null)) {
      throw new Refused(
          ErrorCode.ACCESS_DENIED,
          "This token may not act in all projects: say in which one with project_id",
          null);
    }
    return new Scope(caller.account(), wanted);
  }
}
