package io.umbel.gateway.rest;

import io.umbel.gateway.access.Agent;
import io.umbel.gateway.store.Rows;
import io.umbel.gateway.store.Table;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Machines that act for an account. To stop one at once, it is made inactive. */
final class Agents implements Collection.Kind {

  @Override
  public Table table() {
    return Table.AGENTS;
  }

  @Override
  public String word() {
    return "Agent";
  }

  @Override
  public String pathWord() {
    return "agents";
  }

  @Override
  public int most() {
    return 1_000;
  }

  @Override
  public JsonObject completed(JsonObject values) {
    return values.containsKey("status") ? values : values.copy().put("status", Agent.ACTIVE);
  }

  @Override
  public Future<Void> check(RestRequest request, Rows rows, JsonObject before, JsonObject after) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> checkGoing(Rows rows, String id) {
    return InUse.check(
        rows, "agent_id", id, "This agent (which status inactive stops at once) is in use");
  }
}
