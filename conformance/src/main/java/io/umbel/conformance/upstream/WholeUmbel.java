package io.umbel.conformance.upstream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.GatewayVerticle;
import io.umbel.registry.RegistrySettings;
import io.umbel.registry.RegistryVerticle;
import io.umbel.registry.server.Server;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A gateway and a registry, on one bus, with one server of the operator. */
final class WholeUmbel implements AutoCloseable {

  /** What that server is called. */
  static final String SERVER = "suite";

  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final long AGAIN_MILLIS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final GatewayVerticle gateway;

  WholeUmbel(Server server, List<String> destinations) {
    var about = new Node.About("umbel", "0.1.0", "conformance");
    new Node(Node.ALONE, ClusterSecret.random(), Clock.systemUTC(), about).installOn(vertx);
    var usual = RegistrySettings.usual();
    var settings = new RegistrySettings(
        List.of(server), destinations, usual.children(), List.of(), true, usual.bounds());
    gateway = new GatewayVerticle(
        GatewaySettings.defaults().listeningOn(new Listening("127.0.0.1", 0, "/mcp")),
        new SimpleMeterRegistry());
    deploy(new RegistryVerticle(settings, new SimpleMeterRegistry()));
    deploy(gateway);
  }

  /** Returns when it has started. */
  void deploy(VerticleBase verticle) {
    vertx.deployVerticle(verticle).await();
  }

  /**
   * Waits until it is known what the server offers.
   *
   * @return where clients find that, by the server's own names
   * @throws IllegalStateException if it cannot be found out
   */
  URI awaitScan() {
    var end = System.nanoTime() + PATIENCE.toNanos();
    for (var told = told(); told.getString("last_scan_at") == null; told = told()) {
      if (told.getString("last_error") != null || System.nanoTime() > end) {
        throw new IllegalStateException("The server was not scanned: " + told.encode());
      }
      vertx.timer(AGAIN_MILLIS).await();
    }
    return at("/mcp/servers/" + SERVER);
  }

  /** What the gateway says of it over REST, or nothing yet. */
  private JsonObject told() {
    var request =
        HttpRequest.newBuilder(at("/api/v1/servers")).timeout(PATIENCE).build();
    try {
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      return new JsonObject(answer.body())
          .getJsonArray("items", new JsonArray()).stream()
              .map(JsonObject.class::cast)
              .filter(server -> SERVER.equals(server.getString("namespace")))
              .findFirst()
              .orElseGet(JsonObject::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
