package io.umbel.registry.manage;

import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.ServerStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Servers are looked at: nothing here asks one of them anything. */
final class Looking {

  private final ServerStore store;
  private final Found found;
  private final Shown shown;
  private final Operations operations;

  Looking(ServerStore store, Found found, Shown shown, Operations operations) {
    this.store = store;
    this.found = found;
    this.shown = shown;
    this.operations = operations;
  }

  /** What the account registered, by name. */
  Future<JsonObject> list(Asked asked) {
    return found.book().of(asked.account()).compose(all -> each(all, shown::of));
  }

  /** One of them. */
  Future<JsonObject> show(Asked asked) {
    return found
        .own(asked)
        .compose(stored -> shown.of(stored).map(json -> Answer.one(200, json, stored)));
  }

  /** What one of them offers. */
  Future<JsonObject> tools(Asked asked) {
    var kind = kind(asked);
    return found.usable(asked).compose(server -> offered(server, kind)).map(Answer::ok);
  }

  /** The same of any that the account has, by its name. */
  Future<JsonObject> toolsNamed(Asked asked) {
    return found.named(asked).compose(server -> offered(server, Kind.TOOL)).map(Answer::ok);
  }

  private Future<JsonArray> offered(Server server, Kind kind) {
    var definitions = store.definitions();
    return discovered(server)
        .compose(times ->
            definitions.of(server.key()).map(all -> new Offered(server, times).of(all, kind)));
  }

  private Future<Map<String, Instant>> discovered(Server server) {
    return store
        .book()
        .map(book -> book.discovered(server.key()))
        .orElseGet(() -> Future.succeededFuture(Map.of()));
  }

  /** How one does. */
  Future<JsonObject> health(Asked asked) {
    return found
        .usable(asked)
        .compose(server -> shown
            .brief(server)
            .map(brief -> Answer.ok(
                brief.put("circuit_breaker", operations.breaker(server, asked.account())))));
  }

  /** Every server that the account has, the operator's too, and how it does. */
  Future<JsonObject> everything(Asked asked) {
    return store.servers().of(asked.account()).compose(all -> each(all, shown::brief));
  }

  /** The circuits to all of these. */
  Future<JsonObject> breakers(Asked asked) {
    return store.servers().of(asked.account()).map(all -> {
      var breakers = new JsonArray();
      all.forEach(server -> breakers.add(breaker(server, asked)));
      return Answer.ok(breakers);
    });
  }

  /** Closes one. */
  Future<JsonObject> reset(Asked asked) {
    return found
        .named(asked)
        .compose(server -> operations.resetBreaker(server, asked.account()).map(closed -> {
          var body =
              JsonObject.of("message", "Circuit breaker closed", "server", server.namespace());
          var on = JsonObject.of("id", server.key().id().toString(), "name", server.name());
          return Answer.ok(body).put("audit", Answer.audit("reset_circuit_breaker", null, on));
        }));
  }

  private JsonObject breaker(Server server, Asked asked) {
    return JsonObject.of("server", server.namespace(), "name", server.name())
        .put("id", server.key().id().toString())
        .mergeIn(operations.breaker(server, asked.account()));
  }

  private static <T> Future<JsonObject> each(List<T> all, Function<T, Future<JsonObject>> show) {
    return Future.all(all.stream().map(show).toList())
        .map(done -> Answer.ok(new JsonArray(done.<JsonObject>list())));
  }

  private static Kind kind(Asked asked) {
    var word = asked.query("kind");
    try {
      return word.isEmpty() ? Kind.TOOL : Kind.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Refused.invalid("/kind", "has to be one of tool, prompt, resource, template");
    }
  }
}
