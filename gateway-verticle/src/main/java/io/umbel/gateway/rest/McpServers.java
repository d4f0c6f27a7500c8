package io.umbel.gateway.rest;

import io.umbel.gateway.audit.RemoteChanges;
import io.umbel.gateway.call.ProviderRequests;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Upstream MCP servers, which the registry keeps: it is asked over the bus, and what it changed
 * goes on record here.
 */
public final class McpServers implements RestRoutes {

  /** The provider that keeps them. */
  static final String REGISTRY = "registry";

  private static final Set<String> LOOKS = Set.of(
      "listMcpServers",
      "getMcpServer",
      "listMcpServerTools",
      "getMcpServerHealth",
      "listCircuitBreakers");
  private static final Set<String> CHANGES = Set.of(
      "createMcpServer",
      "updateMcpServer",
      "deleteMcpServer",
      "scanMcpServer",
      "reconnectMcpServer",
      "approveMcpServerDefinitions",
      "reconnectServer",
      "resetCircuitBreaker");

  /**
   * What it is asked for it has in memory, or asks its database, which takes two seconds at most.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final RestRoutes routes;

  public McpServers(ProviderRequests providers, RemoteChanges changes) {
    routes = new ProviderRoutes(REGISTRY, LOOKS, CHANGES, providers, changes, PATIENCE);
  }

  @Override
  public Map<String, RestHandler> operations() {
    return routes.operations();
  }

  /** What the registry says where that changes nothing; fails with {@link Problem}. */
  static Future<JsonObject> look(
      ProviderRequests providers, String operation, RestRequest request) {
    return ProviderRoutes.ask(REGISTRY, providers, operation, request, PATIENCE);
  }
}
