package io.umbel.gateway.call;

import io.umbel.contract.Caller;
import io.umbel.contract.Outcome;
import io.umbel.contract.ToolResult;
import io.umbel.gateway.access.Access;
import io.umbel.gateway.access.Admission;
import io.umbel.gateway.access.TagScopes;
import io.umbel.gateway.catalog.DidYouMean;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.catalog.Window;
import io.umbel.gateway.catalog.Windows;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.Future;
import java.util.Set;

/** {@code tools/call}: find, admit, ask (or take what is kept), fit, record, count. */
public final class CallTool {

  private static final String WRITE = "mcp:write";

  private final Windows windows;
  private final Access access;
  private final AskProvider providers;
  private final ResultCache kept;
  private final CallBooks books;
  private final int resultBytes;

  /**
   * The way tools are called.
   *
   * @param resultBytes the largest result passed on whole
   */
  public CallTool(
      Windows windows,
      Access access,
      AskProvider providers,
      ResultCache kept,
      CallBooks books,
      int resultBytes) {
    this.windows = windows;
    this.access = access;
    this.providers = providers;
    this.kept = kept;
    this.books = books;
    this.resultBytes = resultBytes;
  }

  /** Calls a tool; fails with {@link McpException} where there is none to call. */
  public Future<Outcome> run(McpRequest request) {
    var started = System.nanoTime();
    return windows.of(request.caller()).compose(window -> run(window, request, started));
  }

  private Future<Outcome> run(Window window, McpRequest request, long started) {
    var found = window.find(Kind.TOOL, request.facts().name());
    if (found.isEmpty() || !request.facts().argumentsFit()) {
      return books.unknown(request, started, refusal(window, request));
    }
    var offer = found.get();
    if (!mayWrite(offer, request.caller())) {
      return books.refused(offer, request, started, McpException.insufficientScope(Set.of(WRITE)));
    }
    var admission = access.admit(
        window.account(),
        request.caller(),
        offer.name(),
        offer.terms().scoping(),
        request.params());
    if (admission instanceof Admission.Refused refused) {
      return books.refused(offer, request, started, answer(refused, request));
    }
    return admitted(offer, request.with(((Admission.Admitted) admission).params()), started);
  }

  private Future<Outcome> admitted(Offer offer, McpRequest request, long started) {
    return books.through(
        offer, request, started, () -> kept.through(offer, request, () -> ask(offer, request)));
  }

  /** Tokens of MCP's own scopes change nothing without the scope to. */
  private static boolean mayWrite(Offer offer, Caller caller) {
    return offer.isReadOnly()
        || caller.scopes().contains(WRITE)
        || caller.scopes().contains(TagScopes.ADMIN)
        || caller.scopes().stream().noneMatch(scope -> scope.startsWith("mcp:"));
  }

  private static Outcome.Result answer(Admission.Refused refused, McpRequest request) {
    return ToolResult.failure(refused.code(), refused.message())
        .toOutcome(request.exchange().correlationId());
  }

  private Future<Outcome> ask(Offer offer, McpRequest request) {
    return providers
        .ask(offer, request.facts().name(), request)
        .map(outcome -> Fitting.fit(outcome, offer, resultBytes));
  }

  private static McpException refusal(Window window, McpRequest request) {
    var name = request.facts().name();
    if (name == null) {
      return McpException.invalidParams("\"name\" must be the name of a tool");
    }
    return request.facts().argumentsFit()
        ? McpException.unknownTool(
            name, DidYouMean.nearest(name, window.all(Kind.TOOL).keySet()))
        : McpException.invalidParams("\"arguments\" must be an object");
  }
}
