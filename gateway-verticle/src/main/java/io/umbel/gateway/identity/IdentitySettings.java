package io.umbel.gateway.identity;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a gateway lets in. {@code docs/configuration.md} names the key behind each of these.
 *
 * @param required whether a token is asked for; where not, everybody is the local user
 * @param tokens which tokens are good
 * @param accounts whose account a token is for
 * @param keys what tokens are signed with
 * @param resource what the gateway tells of itself to those who have no token
 * @param stdioToken of the client on stdin, or null
 */
public record IdentitySettings(
    boolean required,
    Tokens tokens,
    Accounts accounts,
    Keys keys,
    Resource resource,
    String stdioToken) {

  /** Nobody is asked who they are. */
  public static final IdentitySettings OFF = new IdentitySettings(
      false,
      new Tokens(null, Set.of(), EnumSet.noneOf(Algorithm.class)),
      Accounts.NAMED,
      new Keys(null, List.of()),
      new Resource(null, List.of(), List.of()),
      null);

  /**
   * Which tokens are good.
   *
   * @param issuer who must have issued them, or null for whoever has the key
   * @param audiences one of which they must be for; null for the gateway's own resource identifier,
   *     empty where it is not asked
   * @param algorithms how they may be signed
   */
  public record Tokens(String issuer, Set<String> audiences, Set<Algorithm> algorithms) {}

  /**
   * Whose account a token is for.
   *
   * @param claim the claim that says so
   * @param absent the account where there is no such claim, or null to refuse
   */
  public record Accounts(String claim, String absent) {
    /** Each token says it in {@code account_id}. */
    public static final Accounts NAMED = new Accounts("account_id", null);
  }

  /**
   * What tokens are signed with.
   *
   * @param url where the identity provider publishes its keys, or null
   * @param fixed JSON Web Keys that never change, among them the only shared secrets
   * @param refresh how old published keys may become
   * @param pause the least time between two requests to the identity provider
   */
  public record Keys(URI url, List<JsonObject> fixed, Duration refresh, Duration pause) {
    /** Published keys are read every five minutes, and at most every ten seconds. */
    public Keys(URI url, List<JsonObject> fixed) {
      this(url, fixed, Duration.ofMinutes(5), Duration.ofSeconds(10));
    }
  }

  /**
   * What a gateway tells of itself to those who have no token.
   *
   * @param publicUrl under which clients reach it, without a path, or null for where it listens
   * @param servers the authorization servers that issue tokens for it
   * @param scopes what to ask them for
   */
  public record Resource(URI publicUrl, List<String> servers, List<String> scopes) {}

  /** Whether somebody else issues the tokens. */
  public boolean hasProvider() {
    return keys.url() != null || !resource.servers().isEmpty();
  }
}
