package io.umbel.registry.manage;

import io.umbel.registry.server.Definitions.Difference;
import io.umbel.registry.server.Server;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * What can be done with a server there is. Asked at whichever instance of the registry; where
 * another one watches over the server, or has connections to it, it is asked too.
 */
public interface Operations {

  /**
   * Finds what it offers now, puts that into the definitions and how it does into its standing; a
   * second one joins the first.
   *
   * @return fails with {@link io.umbel.registry.upstream.UpstreamFailure}
   */
  Future<Difference> scan(Server server);

  /**
   * Opens a connection, also to a server that is not registered yet, and closes it again. A process
   * that another instance is to run is not started: {@code STARTING}.
   *
   * @return {@code {modern, revision, serverInfo, capabilities, instructions?}}; fails with
   *     {@link io.umbel.registry.upstream.UpstreamFailure}
   */
  Future<JsonObject> test(Server server);

  /** Closes all connections to it, on every node; the next call opens new ones. */
  Future<Void> reconnect(Server server);

  /**
   * What the account registered was changed just now: completes when every other instance uses
   * nothing older, or after two seconds. Never fails: one that cannot be told, and cannot ask the
   * database either, believes nothing by then.
   */
  Future<Void> everyoneKnows(String account);

  /** How its circuit is here: {@code {state, failures, retry_after_ms}}; quick. */
  JsonObject breaker(Server server, String account);

  /** Closes the account's circuit to it, on every node. */
  Future<Void> resetBreaker(Server server, String account);
}
