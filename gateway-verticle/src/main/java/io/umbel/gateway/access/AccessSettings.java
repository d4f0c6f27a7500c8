package io.umbel.gateway.access;

/**
 * Who may see and do what, beside what tokens and grants say.
 *
 * @param tagScopes the scopes that tools with certain tags need
 * @param destructiveRole what an agent has to be in a project to destroy something there
 */
public record AccessSettings(TagScopes tagScopes, Role destructiveRole) {

  /** Tools tagged {@code admin} need the scope of that name, destroying the role. */
  public static final AccessSettings USUAL = new AccessSettings(TagScopes.USUAL, Role.ADMIN);
}
