package io.umbel.gateway.rest;

import io.umbel.contract.Caller;
import io.umbel.contract.JsonSchema;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One thing that can be asked for, as the contract has it.
 *
 * @param id the contract's {@code operationId}
 * @param method of HTTP
 * @param path with a colon before its parameter, as routers want it
 * @param scope what a token needs for it, or null where it needs no token
 * @param query the parameters it knows
 * @param takes what it takes beside
 */
record Operation(
    String id,
    HttpMethod method,
    String path,
    String scope,
    Map<String, Parameter> query,
    Takes takes) {

  private static final String ADMIN = "admin";

  /** The scope of what is a call of a tool: what the token is confined to holds for that call. */
  private static final String TOOLS = "tools";

  /** A query parameter; its text is read as a number where it is one. */
  record Parameter(JsonSchema schema, boolean isNumber) {}

  /**
   * What an operation takes beside parameters.
   *
   * @param body what its body has to be, or null where it has none
   * @param version whether the client says which version it means
   */
  record Takes(JsonSchema body, Version version) {}

  /** Whether the version that is meant is said. */
  enum Version {
    NOT_SAID,
    MAY_BE_SAID,
    HAS_TO_BE_SAID
  }

  /** Throws unless that caller may. Whoever may manage may look; an administrator may all. */
  void admit(Caller caller) {
    var enough = List.of(ADMIN, scope, scope.replace("view_", "manage_"));
    if (caller.scopes().stream().noneMatch(enough::contains)) {
      throw McpException.insufficientScope(Set.of(scope));
    }
    if (!scope.equals(TOOLS)) {
      admitUnconfined(caller);
    }
  }

  private static void admitUnconfined(Caller caller) {
    var reach = caller.reach();
    if (caller.agent() != null
        || caller.project() != null
        || reach.tools() != null
        || reach.projects() != null) {
      throw Problem.confined();
    }
  }
}
