package io.umbel.registry.manage;

import io.umbel.registry.server.Definitions;
import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Difference;
import io.umbel.registry.server.Definitions.State;
import io.umbel.registry.server.Server;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Servers are scanned, connected to anew, and what changed of theirs is approved. */
final class Attending {

  /** A server of many pages may take so long, and whoever asks waits no longer than this. */
  private static final long PATIENCE_MILLIS = 25_000;

  private static final int MOST_NAMES = 1_000;

  private final Found found;
  private final Definitions definitions;
  private final Operations operations;
  private final Trial trial;

  Attending(Found found, Definitions definitions, Operations operations, Trial trial) {
    this.found = found;
    this.definitions = definitions;
    this.operations = operations;
    this.trial = trial;
  }

  /** Finds out what one offers now. */
  Future<JsonObject> scan(Asked asked) {
    var strict = asked.query("strict").equals("true");
    var began = System.nanoTime();
    return found.usable(asked).compose(server -> {
      checkActive(server);
      return operations
          .scan(server)
          .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          .map(difference -> scanned(difference))
          .recover(why -> Trial.isStarting(server, why)
              ? Future.succeededFuture(unscanned("starting", null))
              : Future.failedFuture(why))
          .recover(why -> strict
              ? Future.failedFuture(Refused.upstream(Trial.reason(why)))
              : Future.succeededFuture(unscanned("error", Trial.reason(why))))
          .compose(body -> counted(server, body, began));
    });
  }

  private static JsonObject scanned(Difference difference) {
    return JsonObject.of("message", "MCP server scanned", "status", "active")
        .put("added", difference.added())
        .put("updated", difference.updated())
        .put("removed", difference.removed());
  }

  private static JsonObject unscanned(String status, String reason) {
    var starting = "starting".equals(status);
    return JsonObject.of("status", status)
        .put(
            "message",
            starting ? "The MCP server is starting" : "The MCP server could not be scanned")
        .put("last_error", reason)
        .put("added", 0)
        .put("updated", 0)
        .put("removed", 0);
  }

  private Future<JsonObject> counted(Server server, JsonObject body, long began) {
    return definitions
        .of(server.key())
        .map(all -> Answer.ok(body.put("tool_count", Shown.tools(all, server))
                .put("duration_ms", (System.nanoTime() - began) / 1_000_000))
            .put("audit", Answer.audit("scan", null, on(server).mergeIn(body))));
  }

  /** Has all connections to it made anew, and tries whether it answers. */
  Future<JsonObject> reconnect(Asked asked) {
    return found.usable(asked).compose(this::reconnect);
  }

  /** The same, of one that the account knows by its name. */
  Future<JsonObject> reconnectNamed(Asked asked) {
    return found.named(asked).compose(server -> {
      if (server.key().isOperators() && !asked.caller().scopes().contains(Found.OPERATOR)) {
        throw Refused.notYours();
      }
      return reconnect(server);
    });
  }

  private Future<JsonObject> reconnect(Server server) {
    checkActive(server);
    return operations.reconnect(server).compose(closed -> trial.of(server)).map(standing -> {
      var body = JsonObject.of("message", "MCP server connected to anew")
          .put("status", Shown.status(standing, standing.healthy()))
          .put("last_error", standing.error());
      return Answer.ok(body)
          .put("audit", Answer.audit("reconnect", null, on(server).mergeIn(body)));
    });
  }

  /** What waits is as it should be: those names, or all. */
  Future<JsonObject> approve(Asked asked) {
    var names = names(asked);
    return found
        .usable(asked)
        .compose(server -> definitions.of(server.key()).compose(all -> {
          var waiting = all.stream().filter(Attending::waits).toList();
          checkWaiting(names, waiting);
          var approved = waiting.stream()
              .map(Definition::name)
              .filter(name -> names.isEmpty() || names.contains(name))
              .toList();
          return approved.isEmpty()
              ? Future.succeededFuture(approved(server, approved))
              : definitions.approve(server.key(), names).map(approved(server, approved));
        }));
  }

  private static JsonObject approved(Server server, List<String> names) {
    var message = names.isEmpty() ? "Nothing waits to be approved" : "Definitions approved";
    var body = JsonObject.of("message", message, "approved", new JsonArray(names));
    return Answer.ok(body)
        .put("audit", Answer.audit("approve", null, on(server).put("approved", names)));
  }

  private static List<String> names(Asked asked) {
    var names = asked.body().getValue("names");
    if (names == null) {
      return List.of();
    }
    if (!(names instanceof JsonArray array)
        || array.size() > MOST_NAMES
        || !array.stream().allMatch(String.class::isInstance)) {
      throw Refused.invalid("/names", "has to be a list of at most " + MOST_NAMES + " texts");
    }
    return array.stream().map(String.class::cast).toList();
  }

  private static void checkWaiting(List<String> names, List<Definition> waiting) {
    for (var name : names) {
      if (waiting.stream().noneMatch(each -> each.name().equals(name))) {
        throw Refused.invalid("/names", "has \"" + name + "\", which does not wait to be approved");
      }
    }
  }

  private static boolean waits(Definition definition) {
    return definition.state() == State.CHANGED || definition.state() == State.SHADOWING;
  }

  private static void checkActive(Server server) {
    if (!server.policy().active()) {
      throw Refused.conflict(
          "The MCP server is inactive, so nobody asks it anything: make its status active first");
    }
  }

  private static JsonObject on(Server server) {
    return JsonObject.of("id", server.key().id().toString(), "name", server.name());
  }
}
