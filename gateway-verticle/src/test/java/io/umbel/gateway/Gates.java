package io.umbel.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.Caller;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.CorrelationId;
import io.umbel.contract.Node;
import io.umbel.contract.ToolVerticle;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.access.ProjectsTools;
import io.umbel.gateway.legacy.LegacyEra.SessionHeaders;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.McpRequest.Origin;
import io.umbel.gateway.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Gateways on one bus, behind whatever says who their callers are: a test does. */
public final class Gates implements AutoCloseable {

  public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.vertx();
  private final Node node;
  private final List<Gate> gates = new ArrayList<>();
  private final Map<Caller, String> sessions = new ConcurrentHashMap<>();

  public Gates(Clock clock, GatewaySettings settings, Accounts accounts, ToolVerticle... families) {
    var about = new Node.About("umbel", "1.2.3", "test");
    node = new Node(Node.ALONE, ClusterSecret.random(), clock, about);
    node.installOn(vertx);
    for (var family : families) {
      deploy(family);
    }
    deploy(new ProjectsTools(accounts));
    var names = List.of(families).stream().map(ToolVerticle::name).toList();
    for (int i = 0; i < 2; i++) {
      var gate = new Gate(settings.expecting(java.util.Set.copyOf(names)), accounts);
      vertx.deployVerticle(gate).await();
      gates.add(gate);
    }
  }

  public Gates(Accounts accounts, ToolVerticle... families) {
    this(Clock.systemUTC(), GatewaySettings.defaults(), accounts, families);
  }

  public String deploy(ToolVerticle family) {
    return vertx.deployVerticle(family).await();
  }

  public Vertx vertx() {
    return vertx;
  }

  public Node node() {
    return node;
  }

  /** A stateless request to one of the two gateways. */
  public Future<JsonObject> modern(int gate, Caller caller, String method, JsonObject params) {
    var message = Talk.modernMessage(1, method, params, new JsonObject());
    var envelope = EnvelopeReader.read(message.toBuffer().getBytes());
    var exchange = Exchange.of(origin(caller), EventSink.NONE);
    return on(gate, server -> server.modern().answer(envelope, null, exchange)).map(Gates::json);
  }

  /** A request within the caller's session, which is begun at the first one. */
  public Future<JsonObject> legacy(int gate, Caller caller, String method, JsonObject params) {
    var session = sessions.get(caller);
    if (session == null) {
      var message = Talk.initializeMessage("2025-11-25", new JsonObject());
      return legacy(gate, caller, message, null)
          .onSuccess(reply -> sessions.put(caller, reply.session()))
          .compose(begun -> legacy(gate, caller, method, params));
    }
    return legacy(gate, caller, Talk.message(1, method, params), session).map(Gates::json);
  }

  private Future<Reply> legacy(int gate, Caller caller, JsonObject message, String session) {
    var envelope = EnvelopeReader.read(message.toBuffer().getBytes());
    var exchange = Exchange.of(origin(caller), EventSink.NONE);
    var headers = new SessionHeaders(session, null, null);
    return on(gate, server -> server.legacy().answer(envelope, headers, exchange));
  }

  private static Origin origin(Caller caller) {
    return new Origin(caller, "test", CorrelationId.next());
  }

  /** What one caller is told of on a stream that listens for all lists. */
  public LinkedBlockingQueue<String> listen(int gate, Caller caller) {
    var heard = new LinkedBlockingQueue<String>();
    var wanted = JsonObject.of(
        "toolsListChanged", true, "promptsListChanged", true, "resourcesListChanged", true);
    var message = Talk.modernMessage(
        1, "subscriptions/listen", JsonObject.of("notifications", wanted), new JsonObject());
    var envelope = EnvelopeReader.read(message.toBuffer().getBytes());
    var sink = new Heard(heard);
    var exchange = Exchange.of(origin(caller), sink);
    gates
        .get(gate)
        .context()
        .runOnContext(go -> gates.get(gate).server.modern().answer(envelope, null, exchange));
    next(heard);
    return heard;
  }

  /** The method of the next message. */
  public static String next(LinkedBlockingQueue<String> heard) {
    try {
      var next = heard.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("Nothing was heard");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }

  private Future<Reply> on(
      int gate, java.util.function.Function<McpServer, Future<Reply>> question) {
    var answer = Promise.<Reply>promise();
    var one = gates.get(gate);
    one.context().runOnContext(go -> question.apply(one.server).onComplete(answer));
    return answer.future();
  }

  private static JsonObject json(Reply reply) {
    return reply.message().toJsonObject().put("status", reply.status());
  }

  @Override
  public void close() {
    vertx.close();
  }

  /** A gateway without a transport. */
  private final class Gate extends VerticleBase {
    private final GatewaySettings settings;
    private final Accounts accounts;
    private McpServer server;

    Gate(GatewaySettings settings, Accounts accounts) {
      this.settings = settings;
      this.accounts = accounts;
    }

    io.vertx.core.Context context() {
      return context;
    }

    @Override
    public Future<?> start() {
      server = new McpServer(vertx, settings, registry, accounts);
      return server.open();
    }
  }

  /** Notes the methods of what it is sent. */
  private record Heard(LinkedBlockingQueue<String> heard) implements EventSink {
    @Override
    public String peer() {
      return null;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean hasBegun() {
      return true;
    }

    @Override
    public void start() {
      // It is open from the beginning.
    }

    @Override
    public void send(Event event) {
      heard.add(event.data().toJsonObject().getString("method"));
    }

    @Override
    public void end() {
      // Nobody waits for that.
    }

    @Override
    public Future<Void> closed() {
      return Promise.<Void>promise().future();
    }
  }

  /** Waits until that is so. */
  public static <T> void until(Supplier<T> actual, T expected) {
    TwoGateways.until(() -> expected.equals(actual.get()));
    org.assertj.core.api.Assertions.assertThat(actual.get()).isEqualTo(expected);
  }
}
