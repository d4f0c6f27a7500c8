package io.umbel.tools.issues.store;

import io.umbel.contract.Caller;

/**
 * Who does something to an issue, as its history tells.
 *
 * @param subject the user or machine of the token
 * @param agent that acts for it, or null
 */
public record Actor(String subject, String agent) {

  public static Actor of(Caller caller) {
    return new Actor(caller.subject(), caller.agent());
  }
}
