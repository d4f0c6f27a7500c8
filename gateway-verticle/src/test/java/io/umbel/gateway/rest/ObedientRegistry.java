package io.umbel.gateway.rest;

import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Caller;
import io.umbel.contract.Conversation;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provider;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands for the registry on the bus: answers what the test says, and remembers what it was asked.
 */
final class ObedientRegistry extends Provider {

  final List<JsonObject> asked = new CopyOnWriteArrayList<>();
  final List<Caller> callers = new CopyOnWriteArrayList<>();
  volatile JsonObject answer = JsonObject.of("status", 200, "body", new JsonObject());

  @Override
  protected String name() {
    return "registry";
  }

  @Override
  protected Offers offers() {
    return Offers.NONE;
  }

  @Override
  protected Future<Outcome> answer(Conversation conversation) {
    return Future.failedFuture("offers nothing");
  }

  @Override
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    callers.add(caller);
    asked.add(request);
    return answer == null ? Future.failedFuture("as it was told") : Future.succeededFuture(answer);
  }

  JsonObject lastAsked() {
    return asked.get(asked.size() - 1);
  }
}
