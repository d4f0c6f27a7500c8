package io.umbel.registry.upstream.rpc;

import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.Upstream.Notices;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The other end of a line: knows which request an answer is for, whose progress a token means, and
 * whom to ask what the server asks. Knows no era. Used on one thread.
 */
public final class Peer {

  private final Vertx vertx;
  private final Line line;
  private final Duration longest;
  private final Turns turns;
  private final ServerQuestions questions;
  private final Map<Long, Pending> pending = new LinkedHashMap<>();
  private final Promise<Void> idle = Promise.promise();
  private Notices notices;
  private Runnable gone = () -> {};
  private UpstreamFailure over;
  private boolean closing;
  private long lastId;

  /**
   * The other end of a line.
   *
   * @param longest how long a request is waited for at most, whatever progress it makes
   */
  public Peer(Vertx vertx, Line line, Duration longest, Crossings crossings) {
    this.vertx = vertx;
    this.line = line;
    this.longest = longest;
    this.turns = new Turns(crossings, this::send);
    this.questions =
        new ServerQuestions(turns, answer -> line.send(new Line.Outgoing(answer, null)));
  }

  /** Asks for ourselves. */
  public Future<Answer> ask(Ask ask) {
    return ask(ask, null);
  }

  /**
   * Asks for somebody.
   *
   * @return the result as it came, or the server's error; fails with {@link UpstreamFailure} or
   *     {@link Line.SessionGone}
   */
  public Future<Answer> ask(Ask ask, Hearing hearing) {
    if (over != null || closing) {
      return Future.failedFuture(over != null ? over : unreachable("The connection is closed"));
    }
    var request = new Pending(++lastId, ask, hearing);
    pending.put(request.id(), request);
    if (!request.isStream()) {
      request.runUntil(new Deadline(vertx, ask.timeout(), longest, () -> late(request)));
    }
    if (hearing != null) {
      hearing.cancelled().onSuccess(now -> cancel(request));
    }
    turns.next(request);
    return request.answer();
  }

  /** Says something that has no answer. */
  public Future<Void> tell(String method, JsonObject params) {
    var message = new JsonObject().put("jsonrpc", "2.0").put("method", method);
    if (params != null) {
      message.put("params", params);
    }
    return line.send(new Line.Outgoing(message, null));
  }

  /** Whom to tell what the server says of its own accord. */
  public void hear(Notices all) {
    notices = all;
  }

  /** What carries the messages. */
  public Line line() {
    return line;
  }

  /** Runs if the line finds, while nothing is asked, that the session is gone. */
  public void onSessionGone(Runnable action) {
    gone = action;
  }

  /** The line found that the session is gone. */
  public void sessionGone() {
    gone.run();
  }

  /** Bytes have come: one message or several. Not JSON-RPC is the end of the request it was for. */
  public void receive(Buffer bytes, Long within) {
    List<JsonObject> messages;
    try {
      messages = Messages.read(bytes);
    } catch (UpstreamFailure garbage) {
      if (within != null) {
        failed(within, garbage);
      } else {
        lost(garbage);
      }
      return;
    }
    messages.forEach(message -> receive(message, within));
  }

  /**
   * A message has come.
   *
   * @param within the request that it belongs to, or null where the line does not say
   */
  public void receive(JsonObject message, Long within) {
    if (!(message.getValue("method") instanceof String method)) {
      answered(message, within);
    } else if (message.getValue("id") != null) {
      questions.ask(message, request(within));
    } else {
      var params = message.getValue("params") instanceof JsonObject some ? some : new JsonObject();
      new Notification(method, params).deliver(this, within);
    }
  }

  /** A request gets no answer any more. */
  public void failed(long request, Throwable why) {
    var failed = pending.get(request);
    if (failed != null) {
      end(failed);
      failed.end(why);
    }
  }

  /** The line is of no use any more. */
  public void lost(UpstreamFailure why) {
    if (over == null) {
      over = why;
      List.copyOf(pending.values())
          .forEach(request -> failed(request.id(), why.ofSent(request.isSent())));
      if (notices != null && !closing) {
        notices.lost(why);
      }
    }
  }

  /** Whether that request is not answered yet. */
  public boolean isOpen(long request) {
    return pending.containsKey(request);
  }

  /** Takes no new request, lets calls under way end for that long, then ends the line. */
  public Future<Void> close(Duration grace) {
    closing = true;
    if (turns.inFlight() == 0) {
      idle.tryComplete();
    }
    var timer = vertx.setTimer(Math.max(1, grace.toMillis()), rung -> idle.tryComplete());
    return idle.future().onComplete(calm -> vertx.cancelTimer(timer)).compose(calm -> {
      lost(unreachable("The connection is closed"));
      return line.close();
    });
  }

  /** The request of that id, or null. */
  Pending request(Long id) {
    return id == null ? null : pending.get(id);
  }

  /** The one whom a log line is for where the line does not say, or null. */
  Pending onlyCall() {
    return turns.only();
  }

  /** Those who hear what the server says of its own accord, or null. */
  Notices notices() {
    return notices;
  }

  private void send(Pending request) {
    line.send(request.message()).onFailure(why -> failed(request.id(), why));
  }

  private void answered(JsonObject message, Long within) {
    var id =
        message.getValue("id") instanceof Number number ? Long.valueOf(number.longValue()) : within;
    var request = request(id);
    if (request == null) {
      return;
    }
    end(request);
    if (message.getValue("result") instanceof JsonObject result) {
      request.end(new Answer.Result(result));
    } else if (message.getValue("error") instanceof JsonObject error) {
      request.end(refused(error));
    } else {
      request.end(new UpstreamFailure(
          Reason.GARBAGE, "The server answered with neither a result nor an error", true));
    }
  }

  private static Answer refused(JsonObject error) {
    var code = error.getValue("code") instanceof Number number ? number.intValue() : -32603;
    var text = error.getValue("message") instanceof String message ? message : "No message";
    var more = error.getValue("data") instanceof JsonObject data ? data : null;
    return new Answer.Refused(code, text, more);
  }

  private void late(Pending request) {
    var text = "The server did not answer in time";
    giveUp(request, new UpstreamFailure(Reason.TIMEOUT, text, request.isSent()));
  }

  private void cancel(Pending request) {
    var text = "Nobody waits for the answer any longer";
    giveUp(request, new UpstreamFailure(Reason.CANCELLED, text, request.isSent()));
  }

  /** Ends a request from our side. */
  void giveUp(Pending request, UpstreamFailure why) {
    if (pending.get(request.id()) != request) {
      return;
    }
    end(request);
    if (request.isCancellable() && !line.hangUp(request.id())) {
      tell(
          "notifications/cancelled",
          new JsonObject().put("requestId", request.id()).put("reason", why.getMessage()));
    }
    request.end(why);
  }

  private void end(Pending request) {
    pending.remove(request.id());
    turns.done(request);
    if (closing && turns.inFlight() == 0) {
      idle.tryComplete();
    }
  }

  private static UpstreamFailure unreachable(String text) {
    return new UpstreamFailure(Reason.UNREACHABLE, text, false);
  }
}
