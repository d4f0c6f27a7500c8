package io.umbel.gateway.rest;

import java.util.Map;

/** Some of the operations that the contract has. */
public interface RestRoutes {

  /** Who answers, by {@code operationId}. */
  Map<String, RestHandler> operations();
}
