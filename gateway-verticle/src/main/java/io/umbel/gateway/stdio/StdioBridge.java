package io.umbel.gateway.stdio;

import io.umbel.gateway.stdio.CarriedMessage.Way;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.Envelope.Kind;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets a client that knows only stdio use a gateway that runs elsewhere: each line becomes a POST
 * with the headers its era demands, each answer a line. The client knows of no session, so one that
 * the gateway has lost is begun anew as the client began it.
 */
public final class StdioBridge {

  private static final int MAX_LINE = 1024 * 1024;
  private static final int MOST_CONNECTIONS = 64;
  private static final long FINISH_MILLIS = 3_000;

  private final Vertx vertx;
  private final Way way;
  private final LineReader in;
  private final LineWriter out;
  private final Map<String, CarriedMessage> inFlight = new HashMap<>();
  private final Promise<Void> ended = Promise.promise();

  /** Lines that came while an initialize is being answered: they need the session it begins. */
  private final Deque<byte[]> waiting = new ArrayDeque<>();

  /** The client's own initialize. */
  private Hello hello;

  private boolean greeting;
  private boolean finishing;
  private int open;

  private record Hello(Envelope message, Buffer body) {}

  /**
   * A bridge to that gateway.
   *
   * @param token sent as a bearer token, or null
   */
  public StdioBridge(Vertx vertx, URI gateway, String token, InputStream in, OutputStream out) {
    this.vertx = vertx;
    this.in = new LineReader(in, MAX_LINE);
    this.out = new LineWriter(out);
    var http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    this.way = new Way(http, gateway, new BridgeHeaders(token), this.out);
  }

  /** Carries lines until stdin ends and what was asked is answered, or overdue. */
  public Future<Void> run() {
    var context = vertx.getOrCreateContext();
    in.open(context, this::take).onSuccess(eof -> finish());
    return ended.future();
  }

  private void take(byte[] line) {
    if (line == LineReader.TOO_LONG) {
      var why = McpException.refused(413, "The message is larger than " + MAX_LINE + " bytes");
      out.write(why.toResponse(null));
      return;
    }
    if (greeting) {
      waiting.add(line);
      return;
    }
    try {
      take(EnvelopeReader.read(line), Buffer.buffer(line));
    } catch (EnvelopeReader.Unreadable e) {
      out.write(e.answer().toResponse(e.id()));
    }
  }

  private void take(Envelope message, Buffer body) {
    if ("notifications/cancelled".equals(message.method())) {
      cancel(message, body);
      return;
    }
    if (isInitialize(message)) {
      greeting = true;
      hello = new Hello(message, body);
    }
    post(message, body);
  }

  private void cancel(Envelope message, Buffer body) {
    var carried = inFlight.get(message.params().facts().requestId());
    if (carried != null && !carried.cancel()) {
      post(message, body);
    }
  }

  private void post(Envelope message, Buffer body) {
    var carried = new CarriedMessage(message, body, way);
    if (message.kind() == Kind.REQUEST) {
      inFlight.put(message.id(), carried);
    }
    open++;
    carried
        .carry()
        .recover(lost -> inNewSession(carried))
        .onFailure(lost -> carried.tell("The gateway at " + way.gateway() + " lost the session"))
        .onComplete(done -> done(message, carried));
  }

  private Future<Void> inNewSession(CarriedMessage carried) {
    var silent = new LineWriter(OutputStream.nullOutputStream());
    var aside = new Way(way.http(), way.gateway(), way.headers(), silent);
    return new CarriedMessage(hello.message(), hello.body(), aside)
        .carryAgain()
        .compose(begun -> carried.carryAgain());
  }

  private void done(Envelope message, CarriedMessage carried) {
    if (message.id() != null) {
      inFlight.remove(message.id(), carried);
    }
    open--;
    if (isInitialize(message)) {
      greeting = false;
      takeWaiting();
    }
    endIfDone();
  }

  private void takeWaiting() {
    while (!greeting && !waiting.isEmpty()) {
      take(waiting.remove());
    }
  }

  private static boolean isInitialize(Envelope message) {
    return McpMethod.INITIALIZE.text().equals(message.method()) && message.kind() == Kind.REQUEST;
  }

  private void finish() {
    finishing = true;
    endIfDone();
    vertx.setTimer(FINISH_MILLIS, overdue -> giveUp());
  }

  private void endIfDone() {
    if (finishing && open == 0) {
      ended.tryComplete();
    }
  }

  /** Whoever still waits is told, rather than left without a word. */
  private void giveUp() {
    var why = "The gateway at " + way.gateway() + " did not answer before the end of the input";
    inFlight.values().forEach(carried -> carried.tell(why));
    ended.tryComplete();
  }
}
