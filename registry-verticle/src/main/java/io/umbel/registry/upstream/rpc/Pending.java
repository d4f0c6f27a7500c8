package io.umbel.registry.upstream.rpc;

import io.umbel.contract.LogLevel;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Hearing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

/** A request that is not answered yet. */
final class Pending {

  private final long id;
  private final Ask ask;
  private final Hearing hearing;
  private final Promise<Answer> answer = Promise.promise();
  private Deadline deadline;
  private boolean sent;

  /** A request; its hearing is null where nobody hears of it meanwhile. */
  Pending(long id, Ask ask, Hearing hearing) {
    this.id = id;
    this.ask = ask;
    this.hearing = hearing;
  }

  long id() {
    return id;
  }

  Hearing hearing() {
    return hearing;
  }

  /** Whether somebody called, so that the server may have questions to them. */
  boolean isCall() {
    return hearing != null && !isStream();
  }

  /** Whether it stays open for what the server says of its own accord. */
  boolean isStream() {
    return ask.timeout() == null;
  }

  /** Whether a server may be told that nobody waits for it any longer. */
  boolean isCancellable() {
    return sent && !ask.method().equals("initialize");
  }

  Line.Outgoing message() {
    sent = true;
    return new Line.Outgoing(ask.message(id), id);
  }

  boolean isSent() {
    return sent;
  }

  void runUntil(Deadline limit) {
    deadline = limit;
  }

  Future<Answer> answer() {
    return answer.future();
  }

  void progress(JsonObject params) {
    sign();
    if (hearing != null) {
      params.remove(Ask.TOKEN);
      hearing.progress(params);
    }
  }

  void log(JsonObject params) {
    var level = LogLevel.of(params.getString("level"));
    if (hearing != null
        && ask.logs() != null
        && level != null
        && level.compareTo(ask.logs()) >= 0) {
      hearing.log(params);
    }
  }

  private void sign() {
    if (deadline != null) {
      deadline.sign();
    }
  }

  /** The server waits for us until the future has come. */
  void holdFor(Future<?> something) {
    var held = deadline;
    if (held != null) {
      held.hold();
      something.onComplete(come -> held.release());
    }
  }

  void end(Answer given) {
    over();
    answer.tryComplete(given);
  }

  void end(Throwable why) {
    over();
    answer.tryFail(why);
  }

  private void over() {
    if (deadline != null) {
      deadline.end();
      deadline = null;
    }
  }
}
