package io.umbel.registry.bridge;

import io.umbel.contract.Conversation;
import io.umbel.contract.Outcome;
import io.umbel.registry.server.Server;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Where a server can be asked: here, or at another instance that runs it. */
@FunctionalInterface
public interface Route {

  /**
   * The outcome of a call, wherever it is made.
   *
   * @param repeatable whether it may be made again where it may have been carried out
   * @param here makes it here
   */
  Future<Outcome> take(
      Server server, Conversation conversation, boolean repeatable, Supplier<Future<Outcome>> here);
}
