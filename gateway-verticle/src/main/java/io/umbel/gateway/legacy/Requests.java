package io.umbel.gateway.legacy;

import io.umbel.contract.Outcome;
import io.umbel.gateway.call.McpDispatcher;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.Outcomes;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * The requests that exist in both eras: put as a stateless client would have made them, answered as
 * sessions know it. One that its client has cancelled gets no answer.
 */
final class Requests {

  /** What a session hears of that has set no level. */
  private static final String USUAL_LEVEL = "info";

  private final McpDispatcher dispatcher;
  private final SessionNotes notes;
  private final Cancels cancels;
  private final Streams streams;
  private final ClientQuestions questions;

  Requests(
      McpDispatcher dispatcher,
      SessionNotes notes,
      Cancels cancels,
      Streams streams,
      ClientQuestions questions) {
    this.dispatcher = dispatcher;
    this.notes = notes;
    this.cancels = cancels;
    this.streams = streams;
    this.questions = questions;
  }

  Future<Reply> answer(McpMethod method, Envelope message, Session session, Exchange exchange) {
    var level = notes.of(session).level();
    var params =
        LegacyParams.asStateless(message.params(), session, level == null ? USUAL_LEVEL : level);
    var stream = streams.open(session, message.id(), exchange.sink());
    var request = new McpRequest(method, message, params, exchange.noticing(stream));
    var cancellation = exchange.cancellation();
    cancels.holds(session, message.id(), cancellation);
    return dispatcher
        .dispatch(request)
        .compose(outcome -> questions.settle(outcome, request, stream, 1))
        .map(outcome -> reply(outcome, request))
        .otherwise(failure -> LegacyErrors.reply(Outcomes.asMcp(failure, request), request))
        .map(reply -> cancellation.isCancelled() ? unanswered(stream) : sent(reply, stream))
        .onComplete(done -> cancels.done(session, message.id(), cancellation));
  }

  private static Reply reply(Outcome outcome, McpRequest request) {
    var id = request.envelope().id();
    return outcome.fold(
        result -> Reply.result(id, withMeta(result)),
        error -> LegacyErrors.reply(Outcomes.asMcp(error), request),
        asked -> Reply.error(id, McpException.internal(request.exchange().correlationId()), 200));
  }

  /** Where something was sent before the answer, the answer follows it. */
  private Reply sent(Reply reply, SessionStream stream) {
    if (!stream.hasBegun()) {
      return reply;
    }
    stream.end(reply.message());
    streams.close(stream);
    return Reply.streamed();
  }

  /** Nobody waits for an answer, and clients take one for a stranger's. */
  private Reply unanswered(SessionStream stream) {
    if (!stream.hasBegun()) {
      return Reply.accepted();
    }
    stream.end();
    streams.close(stream);
    return Reply.streamed();
  }

  private static Buffer withMeta(Outcome.Result result) {
    if (result.meta() == null) {
      return result.json();
    }
    var json = result.json();
    var whole = Buffer.buffer("{\"_meta\":").appendString(result.meta());
    return json.length() > 2
        ? whole.appendString(",").appendBuffer(json, 1, json.length() - 1)
        : whole.appendString("}");
  }
}
