package io.umbel.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.access.ProjectsTools;
import io.umbel.gateway.http.FrontDoor;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** The front door of the federation over HTTP: speaks MCP of both eras to clients. */
public final class GatewayVerticle extends VerticleBase {

  private final GatewaySettings settings;
  private final MeterRegistry registry;
  private final Accounts accounts;
  private McpServer server;
  private FrontDoor door;
  private int port;

  /**
   * A gateway without a database.
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
   * @param accounts where it learns what accounts have
   */
  public GatewayVerticle(GatewaySettings settings, MeterRegistry registry, Accounts accounts) {
    this.settings = settings;
    this.registry = registry;
    this.accounts = accounts;
  }

  @Override
  public Future<?> start() {
    server = new McpServer(vertx, settings, registry, accounts);
    door = new FrontDoor(vertx, settings, server, registry);
    return deployProjects()
        .compose(ready -> server.open())
        .compose(ready -> door.open())
        .onSuccess(bound -> port = bound);
  }

  /** Without a database there are none to show. */
  private Future<?> deployProjects() {
    return accounts == Accounts.NONE
        ? Future.succeededFuture()
        : vertx.deployVerticle(new ProjectsTools(accounts));
  }

  @Override
  public Future<?> stop() {
    server.close();
    return door.close();
  }

  /** What clients have open here at the moment, once deployed. */
  public McpServer.Held held() {
    return server.held();
  }

  /** The port it listens on, once deployed. */
  public int port() {
    return port;
  }
}
