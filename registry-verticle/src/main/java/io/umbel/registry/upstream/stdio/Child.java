package io.umbel.registry.upstream.stdio;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.rpc.Messages;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A server's process while it runs: its messages come, already read, on the context that started
 * it, no more at a time than that one keeps up with. Blocking reads and writes have threads of
 * their own, so one that hangs holds up nobody.
 */
final class Child {

  private static final int ROOM = 1024 * 1024;
  private static final int LEAST = 4 * 1024;
  private static final long HURRY_MILLIS = 2_000;
  private static final long LAST_WORDS_MILLIS = 1_000;

  /** An id at either end of a message, where all that is known write it. */
  private static final Pattern ID =
      Pattern.compile("^\\{\"jsonrpc\":\\s*\"2.0\",\\s*\"id\":\\s*(\\d{1,18})\\D"
          + "|\"id\":\\s*(\\d{1,18})\\s*}\\s*$");

  private final Process process;
  private final Vertx vertx;
  private final Context context;
  private final Ears ears;
  private final ChildLog log;
  private final int longest;
  private final Outbox outbox;
  private final Semaphore room = new Semaphore(ROOM);
  private final Promise<Void> read = Promise.promise();
  private final Promise<Integer> ended = Promise.promise();

  /** Who hears what it says; on the context. */
  interface Ears {
    void message(JsonObject message);

    /** The answer to that request is larger than is taken. */
    void tooLarge(long request);
  }

  /**
   * One that runs.
   *
   * @param longest message that is taken from it, in bytes
   */
  Child(Process process, Vertx vertx, Ears ears, ChildLog log, int longest) {
    this.process = process;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.ears = ears;
    this.log = log;
    this.longest = longest;
    this.outbox = new Outbox(process.getOutputStream());
  }

  /** Begins to read and write. */
  Child open(String name) {
    thread(name + " out", () -> {
      readAll(process.getInputStream(), longest, this::take);
      context.runOnContext(now -> read.complete());
    });
    thread(
        name + " err",
        () ->
            readAll(process.getErrorStream(), ChildLog.LONGEST, line -> log.stderr(line.bytes())));
    thread(name + " in", outbox::writeAll);
    Future.fromCompletionStage(process.onExit(), context)
        .compose(over -> Future.any(read.future(), vertx.timer(LAST_WORDS_MILLIS)))
        .onComplete(heard -> end());
    return this;
  }

  /** Fails if it does not read what it is sent. */
  Future<Void> send(Buffer message) {
    if (ended.future().isComplete()) {
      return Future.failedFuture(
          new UpstreamFailure(Reason.UNREACHABLE, "The process has ended", false));
    }
    return outbox.put(message)
        ? Future.succeededFuture()
        : Future.failedFuture(new UpstreamFailure(
            Reason.OVERLOADED, "The process does not read what it is sent", false));
  }

  /** Completes with the status that it ended with. */
  Future<Integer> ended() {
    return ended.future();
  }

  /** Ends it: its input first, then SIGTERM, then SIGKILL, all by its guard. */
  Future<Void> stop() {
    outbox.end();
    // A guard that cannot be told through its input, since the child reads none, is told so.
    var timer = vertx.setPeriodic(HURRY_MILLIS, rung -> process.toHandle().destroy());
    return ended.future().onComplete(over -> vertx.cancelTimer(timer)).mapEmpty();
  }

  private void take(Lines.Line line) {
    if (!line.isWhole()) {
      tooLarge(line);
      return;
    }
    if (line.bytes().toString().isBlank()) {
      return;
    }
    try {
      var messages = Messages.read(line.bytes());
      hand(line.bytes().length(), () -> messages.forEach(ears::message));
    } catch (UpstreamFailure garbage) {
      log.garbage(line.bytes());
    }
  }

  private void tooLarge(Lines.Line line) {
    log.garbage(Buffer.buffer("a line of more than " + longest + " bytes"));
    for (var end : new Buffer[] {line.bytes(), line.tail()}) {
      var id = ID.matcher(end.toString());
      if (id.find()) {
        var request = Long.parseLong(id.group(1) == null ? id.group(2) : id.group(1));
        hand(LEAST, () -> ears.tooLarge(request));
        return;
      }
    }
  }

  /** Waits, on the reader's thread, until what came before has been taken. */
  private void hand(int bytes, Runnable message) {
    var size = Math.max(LEAST, Math.min(bytes, ROOM));
    room.acquireUninterruptibly(size);
    context.runOnContext(now -> {
      room.release(size);
      message.run();
    });
  }

  private void readAll(InputStream in, int longest, Consumer<Lines.Line> taker) {
    var lines = new Lines(longest, taker);
    var bytes = new byte[8 * 1024];
    try (in) {
      for (var n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        lines.take(bytes, n);
      }
    } catch (IOException gone) {
      // As if it had ended.
    }
    lines.end();
  }

  /** What it said last was heard, unless somebody else holds its output open. */
  private void end() {
    outbox.end();
    log.tellWithheld();
    ended.tryComplete(process.exitValue());
  }

  private static void thread(String name, Runnable work) {
    var thread = new Thread(work, "umbel " + name);
    thread.setDaemon(true);
    thread.start();
  }
}
