package io.umbel.gateway.call;

import io.umbel.contract.Outcome;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Pages;
import io.umbel.gateway.catalog.Windows;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.Future;

/**
 * From method to answer, for the methods that both eras share. It knows neither HTTP nor sessions;
 * what exists in one era only is answered there.
 */
public final class McpDispatcher {

  private final Windows windows;
  private final Pages pages;
  private final CallTool callTool;
  private final AskOthers others;

  public McpDispatcher(Windows windows, Pages pages, CallTool callTool, AskOthers others) {
    this.windows = windows;
    this.pages = pages;
    this.callTool = callTool;
    this.others = others;
  }

  /** The outcome, or a failure with {@link McpException}. */
  public Future<Outcome> dispatch(McpRequest request) {
    return switch (request.method()) {
      case TOOLS_LIST -> list(Kind.TOOL, request);
      case TOOLS_CALL -> callTool.run(request);
      case PROMPTS_LIST -> list(Kind.PROMPT, request);
      case PROMPTS_GET -> others.prompt(request);
      case RESOURCES_LIST -> list(Kind.RESOURCE, request);
      case RESOURCES_TEMPLATES_LIST -> list(Kind.TEMPLATE, request);
      case RESOURCES_READ -> others.resource(request);
      case COMPLETION_COMPLETE -> others.completion(request);
      default ->
        Future.failedFuture(McpException.methodNotFound(request.method().text()));
    };
  }

  private Future<Outcome> list(Kind kind, McpRequest request) {
    var caller = request.caller();
    return windows
        .of(caller)
        .map(window -> pages.page(window, kind, caller, request.facts().cursor()));
  }
}
