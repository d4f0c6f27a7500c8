package io.umbel.gateway.rest;

import io.umbel.contract.Caller;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A request that fits the contract.
 *
 * @param caller whose it is; its account is the only one there is
 * @param correlationId what logs call it
 * @param id of the path, or null
 * @param query the parameters that are there, by name
 * @param body or null
 * @param ifMatch the header where the operation knows it, or null
 */
public record RestRequest(
    Caller caller,
    String correlationId,
    String id,
    Map<String, String> query,
    JsonObject body,
    String ifMatch) {

  /** The tenant. */
  public String account() {
    return caller.account();
  }
}
