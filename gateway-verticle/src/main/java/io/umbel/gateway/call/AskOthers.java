package io.umbel.gateway.call;

import io.umbel.contract.Outcome;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.catalog.Window;
import io.umbel.gateway.catalog.Windows;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code prompts/get}, {@code resources/read} and {@code completion/complete}: find whose it is,
 * and ask.
 */
public final class AskOthers {

  private final Windows windows;
  private final AskProvider providers;

  public AskOthers(Windows windows, AskProvider providers) {
    this.windows = windows;
    this.providers = providers;
  }

  /** A prompt's messages. */
  Future<Outcome> prompt(McpRequest request) {
    var name = request.facts().name();
    if (name == null || !request.facts().argumentsFit()) {
      return refused("\"name\" must be the name of a prompt, and \"arguments\" an object");
    }
    return ask(
        request, name, window -> window.find(Kind.PROMPT, name), McpException.unknownPrompt(name));
  }

  /** A resource's contents. */
  Future<Outcome> resource(McpRequest request) {
    var uri = request.facts().uri();
    if (uri == null) {
      return refused("\"uri\" must be the URI of a resource");
    }
    return ask(
        request, uri, window -> window.findResource(uri), McpException.resourceNotFound(uri));
  }

  /** What an argument may be. */
  Future<Outcome> completion(McpRequest request) {
    var params = request.params() == null ? new JsonObject() : request.params().toJsonObject();
    if (!(params.getValue("ref") instanceof JsonObject ref)) {
      return refused("\"ref\" must be an object");
    }
    var isPrompt = "ref/prompt".equals(ref.getValue("type"));
    var name = String.valueOf(ref.getValue(isPrompt ? "name" : "uri"));
    var none = "there is no " + (isPrompt ? "prompt " : "template ") + name;
    return ask(
        request,
        name,
        window -> window.find(isPrompt ? Kind.PROMPT : Kind.TEMPLATE, name),
        McpException.invalidParams(none));
  }

  private Future<Outcome> ask(
      McpRequest request,
      String name,
      Function<Window, Optional<Offer>> finder,
      McpException unknown) {
    return windows
        .of(request.caller())
        .compose(window -> finder
            .apply(window)
            .map(offer -> providers.ask(offer, name, request))
            .orElseGet(() -> Future.failedFuture(unknown)));
  }

  private static Future<Outcome> refused(String why) {
    return Future.failedFuture(McpException.invalidParams(why));
  }
}
