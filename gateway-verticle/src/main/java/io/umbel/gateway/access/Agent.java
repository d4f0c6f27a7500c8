package io.umbel.gateway.access;

/**
 * A machine that acts for an account.
 *
 * @param id unique in the installation
 * @param name for people
 * @param type what it is, in the account's own words
 * @param status it may act only while this is {@value #ACTIVE}
 */
public record Agent(String id, String name, String type, String status) {

  /** The status of one that may act. */
  public static final String ACTIVE = "active";

  public boolean isActive() {
    return ACTIVE.equals(status);
  }
}
