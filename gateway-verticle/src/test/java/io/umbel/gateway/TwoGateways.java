package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings.Limits;
import io.umbel.gateway.GatewaySettings.Listening;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Two gateways on one bus, each with an address and a port of its own, and talking tools. */
public final class TwoGateways implements AutoCloseable {

  private static final Limits MANY_STREAMS =
      new Limits(1024 * 1024, 512 * 1024, Duration.ofSeconds(30), Duration.ofHours(24), 1_000);
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Vertx vertx;
  private final TalkingTools tools = new TalkingTools();
  private final GatewayVerticle a = gateway();
  private final GatewayVerticle b = gateway();
  private final String deploymentOfA;

  public TwoGateways() {
    this(Clock.systemUTC());
  }

  public TwoGateways(Clock clock) {
    this(Vertx.vertx(), clock);
  }

  /** Two on that Vert.x, which is closed with them. */
  public TwoGateways(Vertx vertx) {
    this(vertx, Clock.systemUTC());
  }

  private TwoGateways(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, ClusterSecret.random(), clock, about).installOn(vertx);
    vertx.deployVerticle(tools).await();
    deploymentOfA = vertx.deployVerticle(a).await();
    vertx.deployVerticle(b).await();
  }

  private static GatewayVerticle gateway() {
    var settings = GatewaySettings.defaults()
        .listeningOn(new Listening("127.0.0.1", 0, "/mcp"))
        .limitedTo(MANY_STREAMS)
        .expecting(Set.of("talking"));
    return new GatewayVerticle(settings, new SimpleMeterRegistry());
  }

  public TalkingTools tools() {
    return tools;
  }

  public int a() {
    return a.port();
  }

  public int b() {
    return b.port();
  }

  public GatewayVerticle gatewayA() {
    return a;
  }

  public GatewayVerticle gatewayB() {
    return b;
  }

  /** The first gateway is gone. */
  public void stopA() {
    vertx.undeploy(deploymentOfA).await();
  }

  /** Waits until neither gateway holds anything for a client. */
  public void awaitNothingHeld() {
    until(() -> a.held().equals(McpServer.Held.NOTHING) && b.held().equals(McpServer.Held.NOTHING));
    assertThat(a.held()).isEqualTo(McpServer.Held.NOTHING);
    assertThat(b.held()).isEqualTo(McpServer.Held.NOTHING);
  }

  /** Waits until that is so, for a while. */
  public static void until(BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
