package io.umbel.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.Node;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.access.ProjectsTools;
import io.umbel.gateway.audit.RecordedChanges;
import io.umbel.gateway.http.FrontDoor;
import io.umbel.gateway.identity.Identity.Registers;
import io.umbel.gateway.rest.Compliance;
import io.umbel.gateway.rest.McpServers;
import io.umbel.gateway.rest.RestRoom;
import io.umbel.gateway.rest.RestRoutes;
import io.umbel.gateway.rest.Servers;
import io.umbel.gateway.rest.ToolCalls;
import io.umbel.gateway.rest.Trackers;
import io.umbel.gateway.store.AccountStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Optional;

/** The front door of the federation over HTTP: speaks MCP of both eras to clients. */
public final class GatewayVerticle extends VerticleBase {

  private static final Future<Void> DONE = Future.succeededFuture();

  private final GatewaySettings settings;
  private final MeterRegistry registry;
  private final Accounts given;
  private Optional<AccountStore> store = Optional.empty();
  private McpServer server;
  private FrontDoor door;
  private int port;

  /**
   * A gateway that is set up so, on the node's database if it has one.
   *
   * @param registry where it counts; what a scrape of {@code /metrics} shows if it is Prometheus'
   */
  public GatewayVerticle(GatewaySettings settings, MeterRegistry registry) {
    this(settings, registry, Accounts.NONE);
  }

  /**
   * A gateway that is set up so.
   *
   * @param registry where it counts; what a scrape of {@code /metrics} shows if it is Prometheus'
   * @param accounts where it learns what accounts have, where the node has no database
   */
  public GatewayVerticle(GatewaySettings settings, MeterRegistry registry, Accounts accounts) {
    this.settings = settings;
    this.registry = registry;
    this.given = accounts;
  }

  @Override
  public Future<?> start() {
    return AccountStore.open(vertx)
        .onSuccess(opened -> store = opened)
        .compose(opened -> deployProjects())
        .compose(ready -> openServer())
        .compose(ready -> openDoor())
        .onSuccess(bound -> port = bound);
  }

  /** Without a database there are none to show. */
  private Future<?> deployProjects() {
    var accounts = holdings().accounts();
    return accounts == Accounts.NONE
        ? Future.succeededFuture()
        : vertx.deployVerticle(new ProjectsTools(accounts));
  }

  private Future<Void> openServer() {
    server = new McpServer(vertx, settings, registry, holdings());
    store.ifPresent(opened -> server.audit().open(opened.pool()));
    return server.open();
  }

  private Future<Integer> openDoor() {
    door = new FrontDoor(vertx, settings, server, registry);
    var changes = new RecordedChanges(Node.of(vertx).clock());
    door.serve(new RestRoom(store, changes, () -> server.tools(), more()));
    return door.open();
  }

  private List<RestRoutes> more() {
    return List.of(
        new McpServers(server.requests(), server.audit().changes()),
        new Trackers(server.requests(), server.audit().changes()),
        new Servers(() -> server.tools(), server.requests(), server.dependencies()::probe),
        new ToolCalls(server),
        new Compliance(server));
  }

  private Holdings holdings() {
    return store.map(Holdings::of).orElseGet(() -> new Holdings(given, Registers.NONE));
  }

  @Override
  public Future<?> stop() {
    server.close();
    return door.close()
        .eventually(server::settle)
        .eventually(() -> store.map(AccountStore::close).orElse(DONE));
  }

  /**
   * Prepares its end: it goes on serving for a moment and has clients take other connections. Who
   * undeploys it without this may cut off a request that is on its way.
   */
  public Future<Void> leave() {
    return door.leave();
  }

  /** What clients have open here at the moment, once deployed; not to be asked on an event loop. */
  public McpServer.Held held() {
    var counted = Promise.<McpServer.Held>promise();
    context.runOnContext(here -> counted.complete(server.held()));
    return counted.future().await();
  }

  /** The port it listens on, once deployed. */
  public int port() {
    return port;
  }
}
