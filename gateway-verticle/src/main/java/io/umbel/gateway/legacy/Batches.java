package io.umbel.gateway.legacy;

import io.umbel.gateway.legacy.LegacyEra.SessionHeaders;
import io.umbel.gateway.limits.RateLimits;
import io.umbel.gateway.wire.BatchReader;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.Reply;
import io.umbel.gateway.wire.Revision;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Several messages in one: only revision 2025-03-26 has that. */
final class Batches {

  private final LegacyEra era;
  private final RateLimits rates;

  Batches(LegacyEra era, RateLimits rates) {
    this.era = era;
    this.rates = rates;
  }

  /** The answers, in the order of the messages; nothing where none of them asks anything. */
  Future<Reply> answer(byte[] body, SessionHeaders headers, Exchange exchange) {
    try {
      var known = headers.session() != null;
      if (!known || era.revision(headers, exchange) != Revision.V2025_03_26) {
        throw McpException.invalidRequest("send one message, not an array of them");
      }
      var answers = BatchReader.read(body).stream()
          .map(message -> one(message, headers, alone(exchange)))
          .toList();
      return Future.join(answers).map(done -> together(answers));
    } catch (McpException e) {
      return Future.succeededFuture(Reply.error(null, e));
    }
  }

  /** Each message is cancelled for itself, and has no stream. */
  private static Exchange alone(Exchange exchange) {
    return Exchange.of(exchange.origin(), EventSink.NONE);
  }

  private Future<Reply> one(byte[] bytes, SessionHeaders headers, Exchange exchange) {
    try {
      var message = EnvelopeReader.read(bytes);
      return rates
          .take(message, exchange)
          .compose(
              free -> one(message, headers, exchange),
              limited -> Future.succeededFuture(Reply.limited(message, (McpException) limited)));
    } catch (EnvelopeReader.Unreadable e) {
      return Future.succeededFuture(Reply.error(e.id(), e.answer()));
    }
  }

  private Future<Reply> one(Envelope message, SessionHeaders headers, Exchange exchange) {
    return isInitialize(message)
        ? Future.succeededFuture(Reply.error(
            message.id(), McpException.invalidRequest("initialize cannot be part of a batch")))
        : era.answer(message, headers, exchange);
  }

  private static boolean isInitialize(Envelope message) {
    return McpMethod.INITIALIZE.text().equals(message.method());
  }

  private static Reply together(List<Future<Reply>> answers) {
    var all = Buffer.buffer("[");
    for (var answer : answers) {
      var message = answer.result().message();
      if (message != null) {
        all.appendString(all.length() > 1 ? "," : "").appendBuffer(message);
      }
    }
    return all.length() == 1 ? Reply.accepted() : new Reply(all.appendString("]"), 200, null);
  }
}
