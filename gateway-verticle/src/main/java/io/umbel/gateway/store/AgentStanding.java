package io.umbel.gateway.store;

import io.umbel.contract.Caller;
import io.umbel.gateway.access.Account;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.identity.Standing;
import io.vertx.core.Future;

/** Sends away whoever speaks for an agent that the account has made inactive. */
final class AgentStanding implements Standing {

  private static final Future<Boolean> GOOD = Future.succeededFuture(true);

  private final Accounts accounts;

  AgentStanding(Accounts accounts) {
    this.accounts = accounts;
  }

  /** An agent that the account does not know is let in; it has no grant anywhere. */
  @Override
  public Future<Boolean> of(Caller caller) {
    return caller.agent() == null
        ? GOOD
        : accounts.of(caller.account()).map(account -> isWelcome(account, caller.agent()));
  }

  private static boolean isWelcome(Account account, String agent) {
    return !account.agents().containsKey(agent) || account.hasActiveAgent(agent);
  }
}
