package io.umbel.registry.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Call;
import io.umbel.contract.Caller;
import io.umbel.contract.Conversation;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.umbel.contract.Provision;
import io.umbel.contract.ToolResult;
import io.umbel.contract.UnknownServer;
import io.umbel.contract.Violation;
import io.umbel.registry.bridge.Holdings.Found;
import io.umbel.registry.pool.Pool;
import io.umbel.registry.schema.SchemaChecks;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.StoreAway;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Between clients and servers: finds whose a thing is, asks there, and brings back the answer. */
public final class Bridge {

  private static final Duration OR_ELSE = Duration.ofMinutes(15);
  private static final int MOST_VIOLATIONS = 20;
  private static final int INVALID_PARAMS = -32602;
  private static final int INTERNAL = -32603;
  private static final String NOT_KNOWN_NOW =
      "Which servers this account has is not known at the moment, since the database does not"
          + " answer: try again shortly";

  private final KnownHoldings holdings;
  private final Pool pool;
  private final SchemaChecks schemas;
  private final Route route;

  public Bridge(KnownHoldings holdings, Pool pool, SchemaChecks schemas, Route route) {
    this.holdings = holdings;
    this.pool = pool;
    this.schemas = schemas;
    this.route = route;
  }

  /** Whose these resources are, as that caller has them; those of nobody are left out. */
  public Future<Map<String, Server>> serversOf(Caller caller, List<String> uris) {
    return holdings.of(caller.account()).map(all -> {
      var servers = new HashMap<String, Server>();
      for (var uri : uris) {
        var found = all.findUri(uri, caller.reach().server());
        if (found != null) {
          servers.put(uri, found.holding().server());
        }
      }
      return servers;
    });
  }

  /** What that caller has. */
  public Future<Provided> provided(Caller caller) {
    return holdings
        .of(caller.account())
        .compose(all -> offers(all, caller.reach().server()))
        .map(offers -> new Provided(offers, Provision.USUAL, OR_ELSE));
  }

  private static Future<Offers> offers(Holdings all, String namespace) {
    if (namespace == null) {
      return Future.succeededFuture(all.offers());
    }
    return all.has(namespace)
        ? Future.succeededFuture(all.offersOf(namespace))
        : Future.failedFuture(new UnknownServer(namespace));
  }

  /** Answers a call. */
  public Future<Outcome> answer(Conversation conversation) {
    var call = conversation.call();
    return holdings
        .of(call.caller().account())
        .compose(all -> {
          var found = find(all, call);
          return found == null
              ? Future.succeededFuture(unknown(call))
              : answer(conversation, found);
        })
        .recover(why -> why instanceof StoreAway
            ? Future.succeededFuture(notKnownNow(call))
            : Future.failedFuture(why));
  }

  private static Outcome notKnownNow(Call call) {
    return isTool(call)
        ? ToolResult.failure(ErrorCode.UPSTREAM_ERROR, NOT_KNOWN_NOW)
            .toOutcome(call.trail().correlationId())
        : new Outcome.ProtocolError(INTERNAL, NOT_KNOWN_NOW, null);
  }

  private static Found find(Holdings all, Call call) {
    var name = call.target().name();
    var namespace = call.caller().reach().server();
    return switch (call.target().method()) {
      case "tools/call" -> all.find(Kind.TOOL, name, namespace);
      case "prompts/get" -> all.find(Kind.PROMPT, name, namespace);
      case "resources/read" -> all.findUri(name, namespace);
      case "completion/complete" -> completed(all, name, namespace);
      default -> null;
    };
  }

  private static Found completed(Holdings all, String name, String namespace) {
    var prompt = all.find(Kind.PROMPT, name, namespace);
    return prompt == null ? all.find(Kind.TEMPLATE, name, namespace) : prompt;
  }

  private static Outcome unknown(Call call) {
    var name = call.target().name();
    return switch (call.target().method()) {
      case "tools/call" -> error("Unknown tool: " + name, null);
      case "prompts/get" -> error("Unknown prompt: " + name, null);
      case "resources/read" ->
        error("Resource not found: " + name, new JsonObject().put("uri", name));
      case "completion/complete" -> error("Nothing to complete is called " + name, null);
      default ->
        new Outcome.ProtocolError(
            -32601, "The registry does not answer " + call.target().method(), null);
    };
  }

  private static Outcome error(String text, JsonObject data) {
    return new Outcome.ProtocolError(INVALID_PARAMS, text, data);
  }

  private Future<Outcome> answer(Conversation conversation, Found found) {
    var call = conversation.call();
    var failures = new Failures(call, found.holding().server());
    var withheld = found.definition() == null ? null : found.holding().withheld(found.definition());
    if (withheld != null) {
      return Future.succeededFuture(isTool(call) ? failures.notAllowed(withheld) : unknown(call));
    }
    if (found.holding().isSilent()) {
      return Future.succeededFuture(failures.silent());
    }
    var params = ExactJson.tree(call.params());
    var wording = new Wording(call, found, ExactJson.object(params));
    var violations = violations(params.path("arguments"), found, call);
    return violations.isEmpty()
        ? route.take(
            found.holding().server(),
            conversation,
            wording.isRepeatable(),
            () -> new OneCall(pool, conversation, found, wording).answer())
        : Future.succeededFuture(invalid(call, violations));
  }

  private List<Violation> violations(JsonNode arguments, Found found, Call call) {
    if (!isTool(call)
        || !(found.definition().json().getValue("inputSchema") instanceof JsonObject schema)) {
      return List.of();
    }
    return schemas.violations(
        found.definition().hash(),
        schema,
        arguments.isObject() ? arguments : JsonNodeFactory.instance.objectNode(),
        call.params().length());
  }

  private static Outcome invalid(Call call, List<Violation> violations) {
    var text = new StringBuilder("The arguments of ")
        .append(call.target().name())
        .append(" break its schema: ");
    var list = new JsonArray();
    for (var violation : violations.subList(0, Math.min(violations.size(), MOST_VIOLATIONS))) {
      text.append(list.isEmpty() ? "" : "; ").append(violation);
      list.add(
          new JsonObject().put("pointer", violation.pointer()).put("message", violation.message()));
    }
    return ToolResult.failure(ErrorCode.INVALID_ARGUMENT, text.toString())
        .details(new JsonObject().put("violations", list))
        .toOutcome(call.trail().correlationId());
  }

  private static boolean isTool(Call call) {
    return call.target().method().equals("tools/call");
  }
}
