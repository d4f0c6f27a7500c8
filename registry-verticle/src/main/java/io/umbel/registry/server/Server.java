package io.umbel.registry.server;

import java.util.UUID;

/**
 * One upstream MCP server, as somebody registered it.
 *
 * @param key whose it is, and its id
 * @param name for people, unique in its account
 * @param namespace what its names begin with, unique in its account
 * @param endpoint where it is and how to get in
 * @param policy how it is to be treated
 * @param version grows with each change
 */
public record Server(
    Key key, String name, String namespace, Endpoint endpoint, Policy policy, long version) {

  /**
   * Whose server it is.
   *
   * @param account the tenant, or {@link #OPERATOR}
   * @param id unique everywhere
   */
  public record Key(String account, UUID id) {

    /** Stands for the account of servers that the operator configured: everyone has them. */
    public static final String OPERATOR = "*";

    /** What its secrets are good for. */
    String bound() {
      return id + "\n" + account;
    }

    /** Whether everyone has it. */
    public boolean isOperators() {
      return account.equals(OPERATOR);
    }
  }
}
