package io.umbel.registry.manage;

import io.umbel.registry.server.Definitions;
import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Definitions.Standing;
import io.umbel.registry.server.Definitions.State;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Secrets;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.StoredServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** Servers as clients see them, without their secrets. */
final class Shown {

  private final Definitions definitions;

  Shown(Definitions definitions) {
    this.definitions = definitions;
  }

  /** One that an account registered, with how it does. */
  Future<JsonObject> of(StoredServer stored) {
    return definitions
        .standing(stored.key())
        .compose(standing -> definitions
            .of(stored.key())
            .map(all -> whole(stored, standing, tools(all, stored.server().orElse(null)))));
  }

  private static JsonObject whole(StoredServer stored, Standing standing, long tools) {
    var error = stored.error() == null ? standing.error() : stored.error();
    var active = "active".equals(stored.said().getString("status"));
    var well = stored.error() == null && standing.healthy();
    return JsonObject.of("id", stored.key().id().toString())
        .mergeIn(Secrets.hidden(stored.said()))
        .put("status", active ? status(standing, well) : "inactive")
        .put("last_error", well ? null : error)
        .put("last_scan_at", text(standing.scannedAt()))
        .put("last_health_at", text(standing.checkedAt()))
        .put("tool_count", tools)
        .mergeIn(stored.facts());
  }

  /** As it goes on record. */
  JsonObject recorded(StoredServer stored) {
    return JsonObject.of("id", stored.key().id().toString())
        .mergeIn(Secrets.hidden(stored.said()))
        .put("version", stored.version());
  }

  /** Any server that an account has, the operator's too, in short. */
  Future<JsonObject> brief(Server server) {
    return definitions
        .standing(server.key())
        .compose(standing -> definitions
            .of(server.key())
            .map(all -> brief(server, standing).put("tool_count", tools(all, server))));
  }

  /** How a server does. */
  static JsonObject brief(Server server, Standing standing) {
    var active = server.policy().active();
    var facts = standing.facts();
    return new JsonObject()
        .put("id", server.key().id().toString())
        .put("name", server.name())
        .put("namespace", server.namespace())
        .put("source", server.key().isOperators() ? "operator" : "account")
        .put("transport", transport(server))
        .put("status", active ? status(standing, standing.healthy()) : "inactive")
        .put("healthy", active && standing.healthy() && !standing.isStarting())
        .put("last_error", standing.healthy() || standing.isStarting() ? null : standing.error())
        .put("last_scan_at", text(standing.scannedAt()))
        .put("last_health_at", text(standing.checkedAt()))
        .put("protocol_version", facts.getString("revision"))
        .put("server_info", facts.getJsonObject("serverInfo"));
  }

  /** How one does that is active. */
  static String status(Standing standing, boolean well) {
    if (standing.isStarting()) {
      return "starting";
    }
    return well ? "active" : "error";
  }

  private static String transport(Server server) {
    var endpoint = server.endpoint();
    return endpoint instanceof Endpoint.Stdio
        ? "stdio"
        : endpoint instanceof Endpoint.Sse ? "sse" : "streamable_http";
  }

  /** How many tools it offers that are enabled for it, approved or not; of null all are. */
  static long tools(List<Definition> all, Server server) {
    return all.stream()
        .filter(each -> each.kind() == Kind.TOOL && each.state() != State.REMOVED)
        .filter(each -> server == null || server.policy().enables(each.name()))
        .count();
  }

  static String text(Instant at) {
    return at == null ? null : at.toString();
  }
}
