package io.umbel.gateway.rest;

import io.vertx.core.Future;

/** Answers requests of one operation, once they are admitted and fit the contract. */
@FunctionalInterface
public interface RestHandler {

  /** The answer; fails with {@link Problem} where there is something to say to the client. */
  Future<RestAnswer> handle(RestRequest request);
}
