package io.umbel.gateway.call;

import io.umbel.contract.Outcome;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * {@code prompts/get}, {@code resources/read} and {@code completion/complete}: find whose it is,
 * and ask.
 */
public final class AskOthers {

  private final Catalog catalog;
  private final AskProvider providers;

  public AskOthers(Catalog catalog, AskProvider providers) {
    this.catalog = catalog;
    this.providers = providers;
  }

  /** A prompt's messages. */
  Future<Outcome> prompt(McpRequest request) {
    var name = request.facts().name();
    if (name == null || !request.facts().argumentsFit()) {
      return refused("\"name\" must be the name of a prompt, and \"arguments\" an object");
    }
    return catalog
        .find(Kind.PROMPT, name, request.caller())
        .map(offer -> providers.ask(offer, name, request))
        .orElseGet(() -> Future.failedFuture(McpException.unknownPrompt(name)));
  }

  /** A resource's contents. */
  Future<Outcome> resource(McpRequest request) {
    var uri = request.facts().uri();
    if (uri == null) {
      return refused("\"uri\" must be the URI of a resource");
    }
    return catalog
        .findResource(uri, request.caller())
        .map(offer -> providers.ask(offer, uri, request))
        .orElseGet(() -> Future.failedFuture(McpException.resourceNotFound(uri)));
  }

  /** What an argument may be. */
  Future<Outcome> completion(McpRequest request) {
    var params = request.params() == null ? new JsonObject() : request.params().toJsonObject();
    if (!(params.getValue("ref") instanceof JsonObject ref)) {
      return refused("\"ref\" must be an object");
    }
    var isPrompt = "ref/prompt".equals(ref.getValue("type"));
    var name = String.valueOf(ref.getValue(isPrompt ? "name" : "uri"));
    return catalog
        .find(isPrompt ? Kind.PROMPT : Kind.TEMPLATE, name, request.caller())
        .map(offer -> providers.ask(offer, name, request))
        .orElseGet(() -> refused("there is no " + (isPrompt ? "prompt " : "template ") + name));
  }

  private static Future<Outcome> refused(String why) {
    return Future.failedFuture(McpException.invalidParams(why));
  }
}
