package io.umbel.contract;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;

/** What a family asks its {@link Neighbours}, always on behalf of its own caller. */
final class Questions {

  /** Less than a gateway waits for who asks this. */
  private static final long PROVISION_MILLIS = 1_500;

  private static final int UNKNOWN = -32602;

  private final Neighbours neighbours;
  private final CallerSeal seal;
  private long calls;

  Questions(Vertx vertx, Neighbours neighbours) {
    var node = Node.of(vertx);
    this.neighbours = neighbours;
    this.seal = new CallerSeal(node.secret(), node.clock());
  }

  /** What a tool answers: its structured content. */
  Future<JsonObject> tool(Call origin, String provider, String tool, JsonObject arguments) {
    var call = call(origin, tool, arguments);
    var headers = call.toHeaders(seal.seal(call.caller(), provider));
    return neighbours
        .ask(provider, call.params(), headers)
        .compose(outcome -> outcome.fold(
            Questions::structured,
            error -> Future.failedFuture(refused(provider, error)),
            asked -> Future.failedFuture(asks(tool))));
  }

  /** What that caller has of a provider beside what everyone has. */
  Future<Provided> provision(Caller caller, String provider) {
    var headers = new DeliveryOptions()
        .setSendTimeout(PROVISION_MILLIS)
        .addHeader(Header.OP, Op.PROVIDE.word())
        .addHeader(Header.CALLER, seal.seal(caller, provider))
        .addHeader(Header.CORRELATION, CorrelationId.next())
        .addHeader(Header.TIMEOUT, Long.toString(PROVISION_MILLIS));
    return neighbours
        .ask(provider, Buffer.buffer(), headers)
        .compose(outcome -> outcome.fold(
            result -> Future.succeededFuture(Provided.fromBuffer(result.json())),
            error -> Future.failedFuture(refused(provider, error)),
            asked -> Future.failedFuture(asks(provider))));
  }

  /** What a provider answers to a question for what it keeps. */
  Future<JsonObject> kept(Asker asker, String provider, JsonObject request) {
    var headers = new DeliveryOptions()
        .setSendTimeout(asker.millis())
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal.seal(asker.caller(), provider))
        .addHeader(Header.CORRELATION, asker.correlationId())
        .addHeader(Header.TIMEOUT, Long.toString(asker.millis()));
    return neighbours
        .ask(provider, request.toBuffer(), headers)
        .compose(outcome -> outcome.fold(
            result -> Future.succeededFuture(result.json().toJsonObject()),
            error -> Future.failedFuture(refused(provider, error)),
            asked -> Future.failedFuture(asks(provider))));
  }

  /**
   * Who asks for what a provider keeps.
   *
   * @param millis how long the answer is waited for
   */
  record Asker(Caller caller, String correlationId, long millis) {}

  /** Only what the asked one needs: who asked the client's question is not whom it asks back. */
  private Call call(Call origin, String tool, JsonObject arguments) {
    var trail = origin.trail();
    return new Call(
        new Call.Target("tools/call", tool),
        origin.caller(),
        new Call.Trail(trail.id() + "." + ++calls, trail.correlationId(), trail.gateway()),
        origin.timeoutMillis(),
        new JsonObject().put("name", tool).put("arguments", arguments).toBuffer());
  }

  private static Future<JsonObject> structured(Outcome.Result result) {
    var json = result.json().toJsonObject();
    var structured = json.getJsonObject("structuredContent", new JsonObject());
    if (result.failure() != null) {
      var error = structured.getJsonObject("error", new JsonObject());
      return Future.failedFuture(new ToolFailure(
          result.failure(), error.getString("message"), error.getJsonObject("details")));
    }
    return json.getBoolean("isError", false)
        ? Future.failedFuture(
            new ToolFailure(ErrorCode.INTERNAL, "The tool failed and does not say why", null))
        : Future.succeededFuture(structured);
  }

  private static ToolFailure refused(String provider, Outcome.ProtocolError error) {
    return error.code() == UNKNOWN
        ? new ToolFailure(ErrorCode.NOT_FOUND, error.message(), null)
        : new ToolFailure(ErrorCode.INTERNAL, provider + ": " + error.message(), null);
  }

  private static ToolFailure asks(String what) {
    var text = what + " needs an answer of its user, who cannot be asked here: call it yourself";
    return new ToolFailure(ErrorCode.NOT_SUPPORTED, text, null);
  }
}
