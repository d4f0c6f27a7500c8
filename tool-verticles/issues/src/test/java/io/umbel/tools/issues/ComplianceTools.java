package io.umbel.tools.issues;

import io.umbel.contract.Caller;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The family of compliance as issues know it: answers what the test says. */
public final class ComplianceTools extends ToolVerticle {

  final Queue<Caller> callers = new ConcurrentLinkedQueue<>();
  final Queue<JsonObject> asked = new ConcurrentLinkedQueue<>();
  volatile Future<JsonObject> answer = Future.succeededFuture(new JsonObject());

  @Override
  protected List<Tool> tools() {
    return List.of();
  }

  @Override
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    callers.add(caller);
    asked.add(request);
    return answer;
  }
}
