package io.umbel.gateway.rest;

import io.umbel.contract.ErrorCode;
import io.umbel.gateway.rest.Problem.Wrong;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Problems that a provider told of, or that there are with one. */
final class ProviderProblem {

  private static final Map<String, String> SOON =
      Map.of(Problem.RETRY, String.valueOf(Problem.RETRY_SECONDS));

  private ProviderProblem() {}

  /** No provider keeps that, at the moment. */
  static Problem nobodyKeeps(String role) {
    return new Problem(
        503,
        "unavailable",
        "No node with the role " + role + " is here at the moment, and nothing was changed: try"
            + " again shortly, or have the operator start one",
        List.of(),
        SOON,
        false);
  }

  /** Whoever keeps that was asked to look something up, and does not answer. */
  static Problem silent(String role) {
    return new Problem(
        503,
        "unavailable",
        "No node with the role " + role + " answers at the moment: try again shortly",
        List.of(),
        SOON,
        false);
  }

  /** Whoever kept that is gone. */
  static Problem lost(String role) {
    return new Problem(
        503,
        "unavailable",
        "The node with the role " + role
            + " that did this was lost; whether anything was changed is"
            + " not known: look before you try again",
        List.of(),
        SOON,
        false);
  }

  /** Whoever keeps that does not answer. */
  static Problem late(String role) {
    return new Problem(
        504,
        "timeout",
        "The node with the role " + role + " did not answer in time; whether anything was changed"
            + " is not known: look before you try again",
        List.of(),
        Map.of(),
        false);
  }

  /** What a provider says, word for word. */
  static Problem told(int status, JsonObject said) {
    var wrongs = said.getJsonArray("errors", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .map(each -> Wrong.in(each.getString("pointer"), each.getString("message")))
        .toList();
    var type = said.getString("type", "refused");
    var retry = status == 503 ? SOON : Map.<String, String>of();
    return new Problem(
        status, type, said.getString("detail", "No reason given"), wrongs, retry, true);
  }

  /** In the same words whether there is no such server, or no such tool of it. */
  static Problem noServerWith(String server, String tool) {
    var detail = "MCP_UPSTREAM_NOT_CONFIGURED: there is no server " + Problem.shown(server)
        + " with a tool " + Problem.shown(tool);
    return new Problem(404, "not-found", detail, List.of(), Map.of(), true);
  }

  /** The caller has no such tool, for whatever reason. */
  static Problem noSuchTool(String tool) {
    var detail = "This token has no tool " + tool
        + ": it may not call it, or its account has no tracker in use";
    return new Problem(404, "not-found", detail, List.of(), Map.of(), true);
  }

  /** What a tool refused, in its words. */
  static Problem ofTool(JsonObject error) {
    var code = ErrorCode.of(error.getString("code", ""));
    var status = switch (code) {
      case NOT_FOUND -> 404;
      case INVALID_ARGUMENT -> 400;
      case UNAUTHENTICATED, ACCESS_DENIED -> 403;
      case AMBIGUOUS, CONFLICT, NOT_CONFIGURED, NOT_SUPPORTED -> 409;
      case APPROVAL_REQUIRED, APPROVAL_DECLINED -> 409;
      case TOO_LARGE -> 413;
      case RATE_LIMITED, BUDGET_EXCEEDED -> 429;
      case UPSTREAM_ERROR -> 502;
      case CIRCUIT_OPEN -> 503;
      case UPSTREAM_TIMEOUT -> 504;
      case INTERNAL -> 500;
    };
    var type = code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Problem(
        status, type, error.getString("message", "No reason given"), List.of(), Map.of(), true);
  }

  /** A call that was answered with an error of MCP. */
  static Problem ofCall(Reply reply, JsonObject error, boolean unknown) {
    var status = unknown ? 404 : reply.status() < 400 ? 502 : reply.status();
    var type = switch (status) {
      case 404 -> "not-found";
      case 429 -> "rate-limited";
      case 502 -> "upstream-error";
      default -> "refused";
    };
    return new Problem(status, type, error.getString("message"), List.of(), reply.headers(), true);
  }
}
