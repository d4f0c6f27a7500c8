package io.umbel.registry.bridge;

import io.umbel.contract.Call;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.ToolResult;
import io.umbel.registry.pool.Unavailable;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.UpstreamFailure;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * What clients are told where a server gave no answer: for a tool a result that the model can act
 * on, elsewhere an internal error. What went wrong between us and the server stays between us: a
 * refusal of our credentials is none of the client's.
 */
final class Failures {

  private static final int INTERNAL = -32603;
  private static final int CANCELLED = -32800;

  private final Call call;
  private final Server server;

  Failures(Call call, Server server) {
    this.call = call;
    this.server = server;
  }

  /** What a failure of an errand comes to; null where it is none of the kinds that are expected. */
  Outcome of(Throwable failure) {
    if (failure instanceof Unavailable unavailable) {
      return of(unavailable);
    }
    return failure instanceof UpstreamFailure trouble ? of(trouble) : null;
  }

  /** Nothing is known of anybody's servers just now, so nothing was asked. */
  static Outcome unknowable(Call call) {
    var text = "Which servers there are cannot be told at the moment; try again shortly";
    return call.target().method().equals("tools/call")
        ? ToolResult.failure(ErrorCode.UPSTREAM_ERROR, text)
            .toOutcome(call.trail().correlationId())
        : new Outcome.ProtocolError(INTERNAL, text, null);
  }

  /** It may not be called. */
  Outcome notAllowed(String why) {
    return failure(
        ErrorCode.ACCESS_DENIED,
        "%s cannot be called: %s".formatted(call.target().name(), why),
        new JsonObject().put("code", "MCP_UPSTREAM_TOOL_NOT_ALLOWED"));
  }

  /** It did not answer when it was last asked, and is not to be asked for clients until it does. */
  Outcome silent() {
    return failure(
        ErrorCode.UPSTREAM_ERROR,
        named() + " does not answer; call again later",
        new JsonObject().put("reason", "unhealthy"));
  }

  /** The user would not open what the server wants to be opened first. */
  Outcome notVisited() {
    return failure(
        ErrorCode.UPSTREAM_ERROR,
        named() + " goes on only when the page it asks for has been visited",
        new JsonObject().put("reason", "page_declined"));
  }

  /** The server said something about our way to it, not about the request. */
  Outcome ofHop(int code) {
    return failure(
        ErrorCode.UPSTREAM_ERROR,
        "%s did not understand what it was asked (error %d)".formatted(named(), code),
        new JsonObject().put("reason", "protocol"));
  }

  private Outcome of(Unavailable unavailable) {
    var details = details(unavailable.reason().name(), unavailable.retryAfterMillis());
    return switch (unavailable.reason()) {
      case CIRCUIT_OPEN ->
        failure(
            ErrorCode.CIRCUIT_OPEN,
            "%s failed several times in a row and is left alone for a while".formatted(named()),
            details.put("code", "MCP_UPSTREAM_CIRCUIT_OPEN"));
      case FULL ->
        failure(
            ErrorCode.RATE_LIMITED,
            "%s has as many requests as it is allowed at once".formatted(named()),
            details);
      case LATE ->
        failure(
            ErrorCode.UPSTREAM_TIMEOUT,
            "%s has so many requests that this one was never sent".formatted(named()),
            details);
      case LEAVING ->
        failure(ErrorCode.UPSTREAM_ERROR, "This node ends; call again".formatted(), details);
    };
  }

  private Outcome of(UpstreamFailure trouble) {
    var details = details(trouble.reason().name(), trouble.retryAfterMillis());
    if (trouble.delivered()) {
      details.put("effect_unknown", true);
    }
    return switch (trouble.reason()) {
      case CANCELLED -> new Outcome.ProtocolError(CANCELLED, "Request cancelled", null);
      case TIMEOUT ->
        failure(ErrorCode.UPSTREAM_TIMEOUT, text("did not answer in time", trouble), details);
      case TOO_LARGE ->
        failure(ErrorCode.TOO_LARGE, text("answered more than is taken", trouble), details);
      case UNREACHABLE ->
        failure(ErrorCode.UPSTREAM_ERROR, text("cannot be reached", trouble), details);
      case STARTING ->
        failure(ErrorCode.UPSTREAM_ERROR, named() + " is starting; call again shortly", details);
      case GARBAGE ->
        failure(ErrorCode.UPSTREAM_ERROR, text("answered what is no MCP", trouble), details);
      case OVERLOADED ->
        failure(ErrorCode.UPSTREAM_ERROR, text("takes no more requests now", trouble), details);
      case CREDENTIALS ->
        failure(
            ErrorCode.UPSTREAM_ERROR,
            named()
                + " does not take the credentials it is registered with; its owner has to mend that",
            details.put("code", "MCP_UPSTREAM_INVALID_CONFIG"));
      case FORBIDDEN ->
        failure(
            ErrorCode.UPSTREAM_ERROR,
            named() + " is at a place where the operator's rules forbid to go",
            details.put("code", "MCP_UPSTREAM_INVALID_CONFIG"));
    };
  }

  private String text(String what, UpstreamFailure trouble) {
    var effect = trouble.delivered() && call.target().method().equals("tools/call")
        ? "; whether the call took effect is not known"
        : "";
    return named() + " " + what + effect;
  }

  private JsonObject details(String reason, long retryAfterMillis) {
    var details = new JsonObject().put("reason", reason.toLowerCase(Locale.ROOT));
    return retryAfterMillis > 0 ? details.put("retry_after_ms", retryAfterMillis) : details;
  }

  private Outcome failure(ErrorCode code, String text, JsonObject details) {
    details.put("server", server.namespace());
    if (call.target().method().equals("tools/call")) {
      return ToolResult.failure(code, text)
          .details(details)
          .toOutcome(call.trail().correlationId());
    }
    var data = new JsonObject().put("error", code.name()).put("details", details);
    return new Outcome.ProtocolError(INTERNAL, text, data);
  }

  private String named() {
    return "The server \"" + server.name() + "\"";
  }
}
