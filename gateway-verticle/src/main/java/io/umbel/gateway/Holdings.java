package io.umbel.gateway;

import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.identity.Identity.Registers;
import io.umbel.gateway.store.AccountStore;

/**
 * What a gateway knows of those it serves.
 *
 * @param accounts what they have
 * @param registers what clients are known by
 */
public record Holdings(Accounts accounts, Registers registers) {

  /** A gateway without a database knows nothing of anybody. */
  public static final Holdings NONE = new Holdings(Accounts.NONE, Registers.NONE);

  /** What that database has. */
  public static Holdings of(AccountStore store) {
    return new Holdings(store.accounts(), store.registers());
  }
}
