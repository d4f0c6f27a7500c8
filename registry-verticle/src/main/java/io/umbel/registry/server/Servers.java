package io.umbel.registry.server;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The servers that there are, as this node knows them; changes elsewhere are known within 2 s. */
public interface Servers {

  /** The account's own and the operator's, by namespace; the account's own goes first. */
  Future<List<Server>> of(String account);

  /** One that the account has; what is another account's is not there. */
  Future<Optional<Server>> find(String account, UUID id);

  /** Every server there is, active or not, of all accounts: for those who watch over them. */
  Future<List<Server>> everyone();

  /**
   * What the account registered is as it is kept now, from here on; fails where that cannot be
   * read, and nothing of it is used until it can.
   */
  default Future<Void> refresh(String account) {
    return Future.succeededFuture();
  }

  /** Tells of whose servers there are others now, or other ones; null for everyone's. */
  void onChange(Consumer<String> account);
}
