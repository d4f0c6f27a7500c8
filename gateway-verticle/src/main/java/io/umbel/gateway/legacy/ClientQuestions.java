package io.umbel.gateway.legacy;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Node;
import io.umbel.contract.Outcome;
import io.umbel.contract.ToolResult;
import io.umbel.gateway.call.GatewayDesk;
import io.umbel.gateway.call.McpDispatcher;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpRequest;
import io.umbel.gateway.wire.Sealer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Puts a provider's questions to a client with a session: as real requests on the stream of the
 * call. The id of each seals the way back, so the client's answer may arrive at any node.
 */
final class ClientQuestions {

  private static final int MOST_ROUNDS = 8;
  private static final long PATIENCE_MILLIS = Duration.ofMinutes(10).toMillis();

  private final Vertx vertx;
  private final McpDispatcher dispatcher;
  private final Sealer sealer;
  private final String address;
  private final Map<String, Waiting> waiting = new HashMap<>();

  ClientQuestions(Vertx vertx, McpDispatcher dispatcher, GatewayDesk desk) {
    this.vertx = vertx;
    this.dispatcher = dispatcher;
    this.sealer = new Sealer(Node.of(vertx).secret(), "question");
    this.address = desk.address();
    desk.takes(Op.ANSWER, message -> answered(message.body().toJsonObject()));
  }

  private record Waiting(JsonObject responses, int expected, Promise<JsonObject> complete) {}

  /** Goes on asking until the provider has all it needs. */
  Future<Outcome> settle(Outcome outcome, McpRequest request, SessionStream stream, int round) {
    if (!(outcome instanceof Outcome.InputRequired asked)) {
      return Future.succeededFuture(outcome);
    }
    var json = asked.json().toJsonObject();
    var state = json.getString("requestState");
    if (!stream.isOpen() || round > MOST_ROUNDS) {
      giveUp(request, state);
      return Future.succeededFuture(cannotAsk(request, round));
    }
    var cancelled = request.exchange().cancellation().whenCancelled();
    return ask(json.getJsonObject("inputRequests", new JsonObject()), stream, cancelled)
        .compose(responses -> dispatcher.dispatch(again(request, state, responses)))
        .compose(next -> settle(next, request, stream, round + 1));
  }

  /** A response of a client: here or on the node that asked. */
  void take(Envelope response, Session session) {
    var id = Json.decodeValue(response.id()) instanceof String text ? text : "";
    var facts = sealer.open(id).filter(to -> to.getString("session").equals(session.key()));
    facts.ifPresent(to -> forward(to.put("response", response.params().json().toJsonObject())));
  }

  /** How many rounds of questions are waited for. */
  int size() {
    return waiting.size();
  }

  private void forward(JsonObject answer) {
    if (answer.getString("gateway").equals(address)) {
      answered(answer);
    } else {
      var options = new DeliveryOptions().addHeader(Header.OP, Op.ANSWER.word());
      vertx.eventBus().send(answer.getString("gateway"), answer.toBuffer(), options);
    }
  }

  private void answered(JsonObject answer) {
    var round = waiting.get(answer.getString("round"));
    if (round == null) {
      return;
    }
    round.responses().put(answer.getString("key"), result(answer.getJsonObject("response")));
    if (round.responses().size() == round.expected()) {
      round.complete().tryComplete(round.responses());
    }
  }

  /** What waits at the provider need not wait any longer. */
  private void giveUp(McpRequest request, String state) {
    var over = request.with(request.exchange().givenUp());
    dispatcher.dispatch(again(over, state, new JsonObject()));
  }

  private Future<JsonObject> ask(
      JsonObject requests, SessionStream stream, Future<Void> cancelled) {
    var name = UUID.randomUUID().toString();
    var complete = Promise.<JsonObject>promise();
    waiting.put(name, new Waiting(new JsonObject(), requests.size(), complete));
    var timer = vertx.setTimer(PATIENCE_MILLIS, late -> complete.tryComplete(new JsonObject()));
    for (var request : requests) {
      stream.send(question((JsonObject) request.getValue(), id(name, request.getKey(), stream)));
    }
    cancelled.onSuccess(given -> complete.tryComplete(new JsonObject()));
    if (requests.isEmpty()) {
      complete.tryComplete(new JsonObject());
    }
    return complete.future().onComplete(done -> {
      waiting.remove(name);
      vertx.cancelTimer(timer);
    });
  }

  /** An error reads as a form that was cancelled; what is no result at all is asked for again. */
  private static JsonObject result(JsonObject response) {
    return response.containsKey("error")
        ? new JsonObject().put("action", "cancel").put("error", response.getValue("error"))
        : response.getValue("result") instanceof JsonObject result ? result : null;
  }

  private String id(String round, String key, SessionStream stream) {
    return sealer.seal(new JsonObject()
        .put("gateway", address)
        .put("round", round)
        .put("key", key)
        .put("session", stream.session().key()));
  }

  /** A page to visit has an id in this era, which nothing else needs. */
  private static Buffer question(JsonObject asked, String id) {
    var params = asked.getJsonObject("params", new JsonObject());
    if ("url".equals(params.getString("mode"))) {
      params.put("elicitationId", UUID.randomUUID().toString());
    }
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", id)
        .put("method", asked.getString("method"))
        .put("params", params)
        .toBuffer();
  }

  private static McpRequest again(McpRequest request, String state, JsonObject responses) {
    var params = request.params().toJsonObject();
    params.put("inputResponses", responses).put("requestState", state);
    var answers = new Envelope.Continued(state, responses.toBuffer());
    return request.continued(params.toBuffer(), answers);
  }

  private static Outcome cannotAsk(McpRequest request, int round) {
    var text = round > MOST_ROUNDS
        ? "This asks its user more often than " + MOST_ROUNDS + " times"
        : "This asks its user something, and the client accepts no event stream to be asked by";
    return ToolResult.failure(ErrorCode.NOT_SUPPORTED, text)
        .toOutcome(request.exchange().correlationId());
  }
}
