package io.umbel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Call;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.Listener;
import io.umbel.contract.LoneNode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.umbel.registry.manage.Operations;
import io.umbel.registry.owner.RendezvousOwnership;
import io.umbel.registry.scan.Scanner;
import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.MemoryDefinitions;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.UpstreamFailure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A registry among servers that a test plays, and a gateway that calls it. */
final class Stage implements AutoCloseable {

  static final Caller ANN = CallingGateway.CALLER;
  static final Caller BOB = new Caller("other", "bob", null, null, Set.of());

  final LoneNode node = new LoneNode();
  final Listener listener = new Listener();
  final CallingGateway gateway = new CallingGateway(node);
  final ServersInMemory servers = new ServersInMemory();
  final MemoryDefinitions definitions = new MemoryDefinitions();
  final PlayedServer.All upstreams = new PlayedServer.All();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CallerSeal seal = new CallerSeal(node.node().secret(), node.clock());
  private Announcement registry;
  private String deployment;

  /** The registry begins. */
  Stage open() {
    node.deploy(listener);
    deployment = node.deploy(new RegistryVerticle(
        RegistrySettings.usual(), meters, (vertx, settings, self) -> {
          var ownership = new RendezvousOwnership(vertx, self);
          return ownership
              .open()
              .map(open -> new Parts(
                  new Scanner.Known(servers, definitions, () -> List.of("create_issue")),
                  upstreams,
                  ownership,
                  (operations, caller, request) -> operated(operations, request),
                  new NothingToEnd()));
        }));
    registry = listener.nextArrival();
    return this;
  }

  Announcement registry() {
    return registry;
  }

  /** Does one thing by an operation's name, without a store. */
  private Future<JsonObject> operated(Operations operations, JsonObject request) {
    var server = servers.everyone().result().stream()
        .filter(each -> each.key().id().toString().equals(request.getString("id")))
        .findFirst()
        .orElseThrow();
    return switch (request.getString("operation")) {
      case "scan" ->
        operations
            .scan(server)
            .map(done -> JsonObject.of("added", done.added()))
            .otherwise(failure -> failed((UpstreamFailure) failure));
      case "test" -> operations.test(server);
      case "reconnect" -> operations.reconnect(server).map(new JsonObject());
      case "reset" -> operations.resetBreaker(server, "acme").map(new JsonObject());
      default -> Future.succeededFuture(operations.breaker(server, "acme"));
    };
  }

  private static JsonObject failed(UpstreamFailure failure) {
    return JsonObject.of("failed", failure.reason() + ": " + failure.getMessage());
  }

  /** Nothing runs. */
  private static final class NothingToEnd implements Parts.Ends {
    @Override
    public Future<Void> stop(UUID server) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  /** The REST API asks for an operation. */
  JsonObject manage(String operation, Server server) {
    return managing(operation, server).await();
  }

  Future<JsonObject> managing(String operation, Server server) {
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal.seal(ANN, "registry"));
    var request = JsonObject.of("operation", operation, "id", server.key().id().toString());
    return gateway
        .request(registry, request.toBuffer(), options)
        .map(outcome -> ((Outcome.Result) outcome).json().toJsonObject());
  }

  /** The registry ends. */
  void end() {
    node.vertx().undeploy(deployment).await();
  }

  @Override
  public void close() {
    node.close();
  }

  /** A server of that account that is called by its namespace. */
  static Server server(String account, String namespace, Policy policy) {
    return new Server(
        new Server.Key(account, UUID.randomUUID()),
        namespace,
        namespace,
        new Endpoint.Http(
            URI.create("https://" + namespace + ".example/mcp"), new Credentials.None()),
        policy,
        1);
  }

  /** The same, changed. */
  static Server changed(Server server, Endpoint endpoint, Policy policy) {
    return new Server(
        server.key(), server.name(), server.namespace(), endpoint, policy, server.version() + 1);
  }

  /** Registers a server of ann's account, and waits until it has been scanned. */
  Server registered(String namespace) {
    return registered(server("acme", namespace, Policy.USUAL));
  }

  Server registered(Server server) {
    servers.put(server);
    awaitThat(() -> definitions.standing(server.key()).result().checkedAt() != null);
    return server;
  }

  Provided provided(Caller caller) {
    var outcome = (Outcome.Result) gateway.provide(registry, caller).await();
    return Provided.fromBuffer(outcome.json());
  }

  List<String> toolNames(Caller caller) {
    return provided(caller).offers().tools().stream().map(OfferedTool::name).toList();
  }

  Outcome call(Caller caller, String method, String name, JsonObject params) {
    return send(caller, method, name, params).await();
  }

  Future<Outcome> send(Caller caller, String method, String name, JsonObject params) {
    var like = gateway.newCall(new Call.Target(method, name), params);
    return gateway.send(
        registry, new Call(like.target(), caller, like.trail(), 10_000, like.params()));
  }

  /** With params that are bytes of a test's own. */
  Outcome call(Caller caller, String method, String name, Buffer params) {
    var like = gateway.newCall(new Call.Target(method, name), new JsonObject());
    return gateway
        .send(registry, new Call(like.target(), caller, like.trail(), 10_000, params))
        .await();
  }

  /** Calls a tool for ann. */
  Outcome call(String tool, JsonObject arguments) {
    return call(ANN, "tools/call", tool, params(tool, arguments));
  }

  static JsonObject params(String tool, JsonObject arguments) {
    return new JsonObject().put("name", tool).put("arguments", arguments);
  }

  /** The client comes back with answers. */
  Outcome resume(Caller caller, Outcome.InputRequired asked, String tool, JsonObject params) {
    var like = gateway.newCall(new Call.Target("tools/call", tool), params);
    var call = new Call(like.target(), caller, like.trail(), 10_000, like.params());
    var options = call.toHeaders(seal.seal(caller, "registry"));
    options.getHeaders().set(Header.OP, Op.RESUME.word());
    options.addHeader(Header.PARKED, asked.parked());
    return gateway.request(registry, call.params(), options).await();
  }

  /** A gateway says that clients of that caller watch these. */
  void watch(Caller caller, String... uris) {
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.WATCH.word())
        .addHeader(Header.CALLER, seal.seal(caller, "registry"));
    node.vertx()
        .eventBus()
        .send(
            registry.instance().address(),
            new JsonArray(List.of((Object[]) uris)).toBuffer(),
            options);
  }

  /** The result's structured error. */
  static JsonObject error(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Result.class);
    return ((Outcome.Result) outcome)
        .json()
        .toJsonObject()
        .getJsonObject("structuredContent")
        .getJsonObject("error");
  }

  static void awaitThat(BooleanSupplier condition) {
    var deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
