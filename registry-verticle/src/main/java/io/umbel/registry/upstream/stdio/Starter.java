package io.umbel.registry.upstream.stdio;

import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.rpc.Crossings;
import io.umbel.registry.upstream.rpc.Self;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Starts one server's process and has it tell of itself; knows what it said the last time. */
final class Starter {

  /** All there is: each client's own is looked at when the server asks it. */
  private static final JsonObject CAPABILITIES = new JsonObject("""
      {"elicitation": {"form": {}, "url": {}}, "sampling": {"tools": {}, "context": {}}, "roots": {}}""");

  private final Vertx vertx;
  private final StdioSettings settings;
  private final Crossings crossings;
  private final Self self;

  /** It ended when it was asked of which era it is: then it is not asked again. */
  private boolean diesOfQuestions;

  Starter(Vertx vertx, StdioSettings settings, Crossings crossings) {
    this.vertx = vertx;
    this.settings = settings;
    this.crossings = crossings;
    this.self = new Self(settings.client(), CAPABILITIES, settings.times().start());
  }

  /** It is another server now. */
  void forget() {
    diesOfQuestions = false;
  }

  /**
   * Starts it.
   *
   * @param unused runs when nobody uses it any longer
   * @param off completes where it is not wanted any longer: what has not told of itself then, ends
   */
  Future<Running> start(Server server, Runnable unused, Future<Void> off) {
    return attempt(server, unused, off, !diesOfQuestions)
        .recover(why -> mayHaveDiedOfTheQuestion(why) && !off.isComplete()
            ? attempt(server, unused, off, false).onSuccess(now -> diesOfQuestions = true)
            : Future.failedFuture(why))
        .recover(why -> {
          diesOfQuestions = false;
          return Future.failedFuture(why instanceof Died died ? died.failure() : why);
        });
  }

  private boolean mayHaveDiedOfTheQuestion(Throwable why) {
    return !diesOfQuestions && why instanceof Died died && died.hadStarted();
  }

  private Future<Running> attempt(Server server, Runnable unused, Future<Void> off, boolean ask) {
    var log = new ChildLog(server, System::nanoTime);
    var line = new ChildLine(vertx, settings, crossings);
    return vertx
        .executeBlocking(() -> new Launch(settings).start(server), false)
        .recover(Starter::notStarted)
        .map(process ->
            new Child(process, vertx, line, log, settings.answerBytes()).open(server.namespace()))
        .onSuccess(line::carriedBy)
        .compose(child ->
            opened(line, child, off, ask).map(way -> new Running(child, line.peer(), way, unused)));
  }

  private Future<Upstream> opened(ChildLine line, Child child, Future<Void> off, boolean ask) {
    var opening = new Opening(vertx, line.peer(), self);
    var opened = ask ? opening.probe(settings.times().silence()) : opening.sessionOnly();
    off.onSuccess(unwanted -> {
      if (!opened.isComplete()) {
        child.stop();
      }
    });
    return opened.recover(why -> {
      if (child.ended().isComplete()) {
        return Future.failedFuture(new Died(child.ended().result()));
      }
      return line.peer().close(Duration.ZERO).transform(over -> Future.failedFuture(untold(why)));
    });
  }

  /** Nothing was carried out: nobody had asked for anything yet. */
  private Throwable untold(Throwable why) {
    if (!(why instanceof UpstreamFailure failure)) {
      return why;
    }
    var text = failure.reason() == Reason.TIMEOUT
        ? "The process did not tell of itself within "
            + settings.times().start().toSeconds() + " s"
        : failure.getMessage();
    return new UpstreamFailure(failure.reason(), text, false);
  }

  private static <T> Future<T> notStarted(Throwable why) {
    return Future.failedFuture(new UpstreamFailure(
        Reason.UNREACHABLE, "The process could not be started: " + why.getMessage(), false));
  }

  /** The process ended before it had told of itself. */
  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NOT_STARTED = 125;
    private final int status;

    Died(int status) {
      super(Ends.text(status), null, false, false);
      this.status = status;
    }

    boolean hadStarted() {
      return status < NOT_STARTED || status > NOT_STARTED + 2;
    }

    UpstreamFailure failure() {
      return new UpstreamFailure(Reason.UNREACHABLE, getMessage(), false);
    }
  }
}
