package io.umbel.registry.upstream.stdio;

import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.NoAnswer;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** One of those who share a server's process, with what its clients can be asked. */
final class SharedUpstream implements Upstream {

  private final Running running;
  private final JsonObject capabilities;
  private boolean closed;

  SharedUpstream(Running running, JsonObject capabilities) {
    this.running = running;
    this.capabilities = capabilities;
  }

  @Override
  public Facts facts() {
    return running.server().facts();
  }

  @Override
  public Future<Answer> ask(Question question, Hearing hearing) {
    if (closed || running.isOver()) {
      return Future.failedFuture(
          new UpstreamFailure(Reason.UNREACHABLE, "The process has ended", false));
    }
    return running.server().ask(question, hearing == null ? null : new Asked(hearing));
  }

  @Override
  public Future<Void> watch(String uri, boolean wanted) {
    return closed || running.isOver()
        ? Future.succeededFuture()
        : running.audience().watch(running.server(), this, uri, wanted);
  }

  @Override
  public void listen(Notices notices) {
    running.audience().hear(this, notices);
  }

  /** The process goes on; what was asked is still answered. */
  @Override
  public Future<Void> close() {
    if (!closed) {
      closed = true;
      running.leave(this);
    }
    return Future.succeededFuture();
  }

  /** The server was told of all there is: what this client cannot do, it is told when it asks. */
  private final class Asked implements Hearing {

    private final Hearing hearing;

    Asked(Hearing hearing) {
      this.hearing = hearing;
    }

    @Override
    public void progress(JsonObject params) {
      hearing.progress(params);
    }

    @Override
    public void log(JsonObject params) {
      hearing.log(params);
    }

    @Override
    public Future<JsonObject> asked(String method, JsonObject params) {
      var question = io.umbel.contract.Question.of(method, params);
      if (!question.suits(capabilities)) {
        var text =
            "The client of this call did not declare " + question.capability().encode();
        return Future.failedFuture(new NoAnswer(-32601, text));
      }
      return hearing.asked(method, params);
    }

    @Override
    public Future<Void> cancelled() {
      return hearing.cancelled();
    }
  }
}
