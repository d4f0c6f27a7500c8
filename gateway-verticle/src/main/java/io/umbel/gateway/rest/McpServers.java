package io.umbel.gateway.rest;

import io.umbel.gateway.audit.RemoteChanges;
import io.umbel.gateway.call.ProviderRequests;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
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

  private final RestRoutes routes;

  public McpServers(ProviderRequests providers, RemoteChanges changes) {
    routes = new ProviderRoutes(REGISTRY, LOOKS, CHANGES, providers, changes);
  }

  @Override
  public Map<String, RestHandler> operations() {
    return routes.operations();
  }

  /** What the registry says; fails with {@link Problem}. */
  static Future<JsonObject> ask(ProviderRequests providers, String operation, RestRequest request) {
    return ProviderRoutes.ask(REGISTRY, providers, operation, request);
  }
}
