package io.umbel.gateway.call;

import io.umbel.contract.Outcome;
import io.umbel.gateway.catalog.ToolPages;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.Future;

/**
 * From method to answer, for the methods that both eras share. It knows neither HTTP nor sessions;
 * what exists in one era only is answered there.
 */
public final class McpDispatcher {

  private final ToolPages toolPages;
  private final CallTool callTool;

  public McpDispatcher(ToolPages toolPages, CallTool callTool) {
    this.toolPages = toolPages;
    this.callTool = callTool;
  }

  /** The outcome, or a failure with {@link McpException}. */
  public Future<Outcome> dispatch(McpRequest request) {
    return switch (request.method()) {
      case TOOLS_LIST -> listTools(request);
      case TOOLS_CALL -> callTool.run(request);
      default ->
        Future.failedFuture(McpException.methodNotFound(request.method().text()));
    };
  }

  private Future<Outcome> listTools(McpRequest request) {
    try {
      return Future.succeededFuture(
          toolPages.page(request.caller(), request.facts().cursor()));
    } catch (McpException e) {
      return Future.failedFuture(e);
    }
  }
}
