package io.umbel.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.gateway.http.FrontDoor;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** The front door of the federation over HTTP: speaks MCP of both eras to clients. */
public final class GatewayVerticle extends VerticleBase {

  private final GatewaySettings settings;
  private final MeterRegistry registry;
  private McpServer server;
  private FrontDoor door;
  private int port;

  /**
   * A gateway that is set up so.
   *
   * @param registry where it counts; what a scrape of {@code /metrics} shows if it is Prometheus'
   */
  public GatewayVerticle(GatewaySettings settings, MeterRegistry registry) {
    this.settings = settings;
    this.registry = registry;
  }

  @Override
  public Future<?> start() {
    server = new McpServer(vertx, settings, registry);
    door = new FrontDoor(vertx, settings, server, registry);
    return server.open().compose(ready -> door.open()).onSuccess(bound -> port = bound);
  }

  @Override
  public Future<?> stop() {
    server.close();
    return door.close().onComplete(closed -> server.rates().close());
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
