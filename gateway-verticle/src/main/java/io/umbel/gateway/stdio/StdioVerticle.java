package io.umbel.gateway.stdio;

import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.CorrelationId;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Limits;
import io.umbel.gateway.McpServer;
import io.umbel.gateway.identity.Identified;
import io.umbel.gateway.legacy.Connection;
import io.umbel.gateway.wire.Cancellation;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.Envelope.Kind;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.McpRequest.Origin;
import io.umbel.gateway.wire.Notifications;
import io.umbel.gateway.wire.Reply;
import io.umbel.storage.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door over stdin and stdout: one JSON-RPC message a line, of either era, and nothing
 * else on stdout. When stdin ends, what is being answered is still answered, for a while.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/stdio">stdio</a>
 */
public final class StdioVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(StdioVerticle.class);
  private static final long FINISH_MILLIS = 3_000;

  /** Longer than any process: the client does not know that it has a session, nor that it ends. */
  private static final Duration SESSION_LIFE = Duration.ofDays(3_650);

  private final GatewaySettings settings;
  private final MeterRegistry registry;
  private final LineReader in;
  private final LineWriter out;
  private final Map<String, Cancellation> inFlight = new HashMap<>();
  private final Promise<Void> ended = Promise.promise();
  private final Runnable ground;
  private final String address = "stdio-" + CorrelationId.next();
  private LateStore store;
  private McpServer server;
  private Connection connection;
  private Identified who;
  private boolean finishing;

  /** One on the database that its Vert.x has already, if any. */
  public StdioVerticle(
      GatewaySettings settings, MeterRegistry registry, InputStream in, OutputStream out) {
    this(settings, registry, in, out, () -> {});
  }

  /**
   * One that greets its client before there is a database.
   *
   * @param ground blocks until its Vert.x has the node's database, if there is one
   */
  public StdioVerticle(
      GatewaySettings settings,
      MeterRegistry registry,
      InputStream in,
      OutputStream out,
      Runnable ground) {
    this.settings = settings;
    this.registry = registry;
    this.ground = ground;
    this.in = new LineReader(in, settings.limits().bodyBytes());
    this.out = new LineWriter(out);
  }

  @Override
  public Future<?> start() {
    store = new LateStore(vertx, ground);
    return storeComesFirst()
        ? store.open().compose(opened -> open())
        : open().onSuccess(greeting -> store.open().onFailure(ended::tryFail));
  }

  /** A token may be a key that only the database knows; a database that is there is asked. */
  private boolean storeComesFirst() {
    return settings.guards().identity().stdioToken() != null
        || DatabaseUrl.find(vertx).isPresent();
  }

  private Future<?> open() {
    var given = settings.limits();
    var limits =
        new Limits(given.bodyBytes(), given.resultBytes(), given.callTimeout(), SESSION_LIFE);
    var client = new StdioClient(settings);
    server = new McpServer(vertx, client.shown().limitedTo(limits), registry, store.holdings());
    store
        .opened()
        .onSuccess(opened -> opened.ifPresent(there -> server.audit().open(there.pool())));
    return server
        .open()
        .compose(ready -> client.identify(server.identity()))
        .onSuccess(this::serve)
        .<Void>mapEmpty();
  }

  private void serve(Identified client) {
    who = client;
    connection = new Connection(server.legacy(), server.reception(), origin(), new LineSink(out));
    in.open(context, this::take).onSuccess(eof -> finish());
  }

  @Override
  public Future<?> stop() {
    return server.settle().eventually(store::close);
  }

  /**
   * Completes when stdin has ended and everything that was asked is answered, or overdue; fails
   * where there is no database to be had.
   */
  public Future<Void> ended() {
    return ended.future();
  }

  private void take(byte[] line) {
    if (line == LineReader.TOO_LONG) {
      var limit = settings.limits().bodyBytes();
      var why = McpException.refused(413, "The message is larger than " + limit + " bytes");
      out.write(why.toResponse(null));
      return;
    }
    try {
      route(EnvelopeReader.read(line));
    } catch (EnvelopeReader.Unreadable e) {
      out.write(e.answer().toResponse(e.id()));
    }
  }

  private void route(Envelope message) {
    if (message.kind() == Kind.NOTIFICATION) {
      notified(message);
      return;
    }
    if (who.expiresAt() <= Node.of(vertx).clock().millis()) {
      out.write(McpException.unauthenticated().toResponse(message.id()));
      return;
    }
    var sink = new LineSink(out);
    var exchange = Exchange.of(origin(), sink);
    var cancellation = exchange.cancellation();
    cancellation.whenCancelled().onSuccess(given -> sink.silence());
    if (message.kind() == Kind.REQUEST) {
      inFlight.put(message.id(), cancellation);
    }
    store
        .readyFor(message)
        .compose(
            go -> server.reception().receive(message, exchange, () -> answer(message, exchange)))
        .otherwise(bug -> internal(message, exchange, bug))
        .onSuccess(reply -> send(message, cancellation, reply));
  }

  private Future<Reply> answer(Envelope message, Exchange exchange) {
    return server.isModern(message, null)
        ? server.modern().answer(message, null, exchange)
        : server.legacy().answer(message, connection.headers(), exchange);
  }

  /** There is no network address; two processes are two clients. */
  private Origin origin() {
    return new Origin(who.caller(), address, CorrelationId.next());
  }

  private static Reply internal(Envelope message, Exchange exchange, Throwable bug) {
    LOG.atError()
        .addKeyValue("correlation_id", exchange.correlationId())
        .setCause(bug)
        .log("A message could not be answered");
    return Reply.error(message.id(), McpException.internal(exchange.correlationId()));
  }

  /** What was cancelled gets no answer; the client has stopped to wait for one. */
  private void send(Envelope message, Cancellation cancellation, Reply reply) {
    inFlight.remove(message.id(), cancellation);
    connection.noteSession(reply);
    var isAwaited = message.kind() == Kind.REQUEST && !cancellation.isCancelled();
    if (reply.message() != null && isAwaited) {
      out.write(reply.message());
      sayCancelled(message);
    }
    if (finishing && inFlight.isEmpty()) {
      ended.tryComplete();
    }
  }

  /** On stdio a server that ends what a client listens to says so in both of the ways it can. */
  private void sayCancelled(Envelope message) {
    if (finishing && McpMethod.SUBSCRIPTIONS_LISTEN.text().equals(message.method())) {
      var params = Buffer.buffer("{\"requestId\":" + message.id() + "}");
      out.write(Notifications.of("notifications/cancelled", params));
    }
  }

  private void notified(Envelope message) {
    var cancelled = inFlight.get(message.params().facts().requestId());
    if ("notifications/cancelled".equals(message.method()) && cancelled != null) {
      cancelled.cancel();
    }
  }

  private void finish() {
    finishing = true;
    server.close();
    if (inFlight.isEmpty()) {
      ended.tryComplete();
    } else {
      store
          .opened()
          .onComplete(go -> vertx.setTimer(FINISH_MILLIS, overdue -> ended.tryComplete()));
    }
  }
}
