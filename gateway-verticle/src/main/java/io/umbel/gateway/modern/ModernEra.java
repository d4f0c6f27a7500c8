package io.umbel.gateway.modern;

import io.umbel.contract.Caller;
import io.umbel.contract.Outcome;
import io.umbel.gateway.call.McpDispatcher;
import io.umbel.gateway.call.OpenStreams;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Windows;
import io.umbel.gateway.changes.Changes;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.Outcomes;
import io.umbel.gateway.wire.Reply;
import io.umbel.gateway.wire.RequestMeta;
import io.umbel.gateway.wire.Revision;
import io.umbel.gateway.wire.ServerFacts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * The stateless era: revision 2026-07-28. Each request says all there is to know of its client, so
 * any node answers it.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28">Specification</a>
 */
public final class ModernEra {

  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final Set<String> LOG_LEVELS =
      Set.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

  private final McpDispatcher dispatcher;
  private final Windows windows;
  private final Changes changes;
  private final OpenStreams streams;
  private final ModernResults results;
  private final ServerFacts facts;
  private final ParamHeaders paramHeaders = new ParamHeaders();

  /**
   * The era in front of that dispatcher.
   *
   * @param keepForMillis how long clients may keep lists
   */
  public ModernEra(
      McpDispatcher dispatcher,
      Windows windows,
      Changes changes,
      OpenStreams streams,
      ServerFacts facts,
      long keepForMillis) {
    this.dispatcher = dispatcher;
    this.windows = windows;
    this.changes = changes;
    this.streams = streams;
    this.results = new ModernResults(facts.info(), keepForMillis);
    this.facts = facts;
  }

  /** Whether this message is of this era: it says so in its body or, failing that, its header. */
  public static boolean owns(Envelope message, String versionHeader) {
    return message.params().meta().claimsRevision()
        || Revision.of(versionHeader).map(Revision::isStateless).orElse(false)
        || McpMethod.SERVER_DISCOVER.text().equals(message.method());
  }

  /**
   * Answers a message.
   *
   * @param headers what HTTP repeated of it, or null on a transport without headers
   */
  public Future<Reply> answer(Envelope message, MirroredHeaders headers, Exchange exchange) {
    if (message.kind() == Envelope.Kind.NOTIFICATION) {
      return Future.succeededFuture(Reply.accepted());
    }
    try {
      var request = open(message, headers, exchange);
      return checkParamHeaders(request, headers)
          .compose(fits -> result(request))
          .map(result -> Reply.result(message.id(), result))
          .otherwise(failure -> Reply.error(message.id(), Outcomes.asMcp(failure, request)));
    } catch (McpException e) {
      return Future.succeededFuture(Reply.error(message.id(), e));
    }
  }

  /** The ladder of checks; the first that fails is told. */
  private McpRequest open(Envelope message, MirroredHeaders headers, Exchange exchange) {
    if (message.kind() == Envelope.Kind.RESPONSE) {
      throw McpException.invalidRequest("revision 2026-07-28 has no responses from clients");
    }
    var meta = message.params().meta();
    checkMeta(meta);
    if (headers != null) {
      headers.checkVersion(message);
    }
    var revision = Revision.of(meta.claim().version())
        .filter(Revision::isStateless)
        .orElseThrow(() -> McpException.unsupportedVersion(meta.claim().version()));
    if (headers != null) {
      headers.check(message);
    }
    var method = McpMethod.of(message.method(), revision)
        .orElseThrow(() -> McpException.methodNotFound(message.method()));
    return new McpRequest(method, message, message.params().json(), exchange);
  }

  private Future<Void> checkParamHeaders(McpRequest request, MirroredHeaders headers) {
    var facts = request.facts();
    if (headers == null
        || request.method() != McpMethod.TOOLS_CALL
        || facts.name() == null
        || !facts.argumentsFit()) {
      return Future.succeededFuture();
    }
    return windows.of(request.caller()).map(window -> {
      window
          .find(Kind.TOOL, facts.name())
          .ifPresent(tool -> paramHeaders.check(tool, facts.arguments(), headers.others()));
      return null;
    });
  }

  private static void checkMeta(RequestMeta meta) {
    if (meta.claim().version() == null) {
      throw McpException.badMeta("_meta needs \"" + PREFIX + "protocolVersion\", a string");
    }
    var capabilities = meta.client().capabilities();
    if (capabilities == null || capabilities.getByte(0) != '{') {
      throw McpException.badMeta("_meta needs \"" + PREFIX + "clientCapabilities\", an object");
    }
    var level = meta.client().logLevel();
    if (level != null && !LOG_LEVELS.contains(level.toString().replace("\"", ""))) {
      throw McpException.badMeta("\"" + PREFIX + "logLevel\" must be one of " + LOG_LEVELS);
    }
  }

  private Future<Buffer> result(McpRequest request) {
    if (request.method() == McpMethod.SERVER_DISCOVER) {
      var outcome = new Outcome.Result(discovery(request.caller()), null, null);
      return Future.succeededFuture(results.complete(outcome, request.method()));
    }
    if (request.method() == McpMethod.SUBSCRIPTIONS_LISTEN) {
      return windows.of(request.caller()).compose(seen -> listen(request));
    }
    return dispatcher
        .dispatch(request)
        .compose(outcome -> outcome.fold(
            result -> Future.succeededFuture(results.complete(result, request.method())),
            error -> Future.failedFuture(Outcomes.asMcp(error)),
            asked -> Future.succeededFuture(results.inputRequired(asked))));
  }

  /**
   * Goes on until the client leaves, or this gateway does. It is known what the client sees before
   * it hears that it is listened for: every change from then on is told, and nothing else.
   */
  private Future<Buffer> listen(McpRequest request) {
    if (!request.exchange().sink().isOpen()) {
      var why = "subscriptions/listen is answered by an event stream: Accept must allow one";
      return Future.failedFuture(McpException.refused(406, why));
    }
    var seat = streams.take(request.caller());
    var listening = new Listening(request);
    listening.acknowledge();
    changes.add(listening);
    return listening
        .over()
        .onComplete(gone -> changes.remove(listening))
        .onComplete(gone -> seat.run())
        .map(gone -> results.complete(
            new Outcome.Result(Buffer.buffer("{}"), listening.ended().encode(), null),
            request.method()));
  }

  private Buffer discovery(Caller caller) {
    return new JsonObject()
        .put("supportedVersions", new JsonArray(Revision.stateless()))
        .put("capabilities", facts.capabilities())
        .put("instructions", facts.instructionsFor(caller))
        .toBuffer();
  }
}
