package io.umbel.registry.manage;

import io.umbel.registry.server.Definitions;
import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Difference;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.UpstreamFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Does as it is told, without any server: each offers what the test says, or is broken. */
final class ObedientOperations implements Operations {

  final List<String> done = new ArrayList<>();
  final List<Server> tried = new ArrayList<>();
  List<Definition> offered = List.of();
  String broken;
  boolean starting;
  Definitions definitions;

  @Override
  public Future<Difference> scan(Server server) {
    done.add("scan " + server.name());
    if (starting) {
      return notYet();
    }
    return broken == null ? definitions.found(server.key(), offered) : failure();
  }

  @Override
  public Future<JsonObject> test(Server server) {
    tried.add(server);
    if (starting) {
      return notYet();
    }
    return broken == null
        ? Future.succeededFuture(JsonObject.of("revision", "2026-07-28"))
        : failure();
  }

  private static <T> Future<T> notYet() {
    return Future.failedFuture(
        new UpstreamFailure(UpstreamFailure.Reason.STARTING, "Not yet", false));
  }

  private <T> Future<T> failure() {
    return Future.failedFuture(
        new UpstreamFailure(UpstreamFailure.Reason.UNREACHABLE, broken, false));
  }

  @Override
  public Future<Void> reconnect(Server server) {
    done.add("reconnect " + server.name());
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> everyoneKnows(String account) {
    done.add("everyone knows what " + account + " has");
    return Future.succeededFuture();
  }

  @Override
  public JsonObject breaker(Server server, String account) {
    return JsonObject.of("state", "closed", "failures", 0);
  }

  @Override
  public Future<Void> resetBreaker(Server server, String account) {
    done.add("reset " + server.name() + " of " + account);
    return Future.succeededFuture();
  }
}
