package io.umbel.conformance.through;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.conformance.ConformanceTools;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.GatewayVerticle;
import io.umbel.registry.RegistrySettings;
import io.umbel.registry.RegistryVerticle;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Server;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Two Umbels in one process that share nothing: one offers the conformance provider, the other has
 * it for an upstream server.
 */
final class Federation implements AutoCloseable {

  private final Vertx behind = vertx();
  private final Vertx front = vertx();
  private final GatewayVerticle far = gateway();
  private final GatewayVerticle near = gateway();

  /** The gateway behind; the other one is started when it is known where servers are. */
  Federation() {
    behind.deployVerticle(new ConformanceTools()).await();
    behind.deployVerticle(far).await();
  }

  Vertx vertx() {
    var vertx = Vertx.vertx();
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, ClusterSecret.random(), Clock.systemUTC(), about).installOn(vertx);
    return vertx;
  }

  private static GatewayVerticle gateway() {
    var settings = GatewaySettings.defaults().listeningOn(new Listening("127.0.0.1", 0, "/mcp"));
    return new GatewayVerticle(settings, new SimpleMeterRegistry());
  }

  /** Where the conformance provider is. */
  URI upstream() {
    return URI.create("http://127.0.0.1:" + far.port() + "/mcp");
  }

  /** Starts the gateway in front, with these servers of its operator. */
  void front(Server... servers) {
    var usual = RegistrySettings.usual();
    var settings = new RegistrySettings(
        List.of(servers), List.of("127.0.0.1"), usual.children(), List.of(), true, usual.bounds());
    front
        .deployVerticle(new RegistryVerticle(settings, new SimpleMeterRegistry()))
        .await();
    front.deployVerticle(near).await();
  }

  Vertx frontVertx() {
    return front;
  }

  /** The endpoint of everything, or below it that of one server. */
  URI endpoint(String path) {
    return URI.create("http://127.0.0.1:" + near.port() + "/mcp" + path);
  }

  /** A server of the operator. */
  static Server server(String namespace, Endpoint endpoint) {
    return new Server(
        new Server.Key(Server.Key.OPERATOR, UUID.randomUUID()),
        namespace,
        namespace,
        endpoint,
        Policy.USUAL,
        1);
  }

  @Override
  public void close() {
    front.close().await();
    behind.close().await();
  }
}
