package io.umbel.registry;

import static io.umbel.registry.Stage.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.Announcement;
import io.umbel.contract.Call;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.Listener;
import io.umbel.contract.LoneNode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.umbel.contract.Roster;
import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Policy.Limits;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.PlayedServer;
import io.umbel.registry.upstream.Turn;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole registry and a server of sessions over real HTTP. */
@Timeout(60)
class RealServerTest {

  private final LoneNode node = new LoneNode();
  private final Listener listener = new Listener();
  private final CallingGateway gateway = new CallingGateway(node);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BlockingQueue<Turn> held = new LinkedBlockingQueue<>();
  private final PlayedServer server = PlayedServer.session(
          "2025-11-25", new JsonObject().put("tools", new JsonObject()))
      .on("tools/list", turn -> turn.result(new JsonObject().put("tools", tools())))
      .on("DELETE /mcp", turn -> turn.status(200))
      .on("tools/call", held::add);
  private Announcement registry;
  private String deployment;

  @BeforeEach
  void begin() {
    node.deploy(listener);
    var usual = RegistrySettings.usual();
    var settings = new RegistrySettings(
        List.of(operators()), List.of(), usual.children(), List.of(), true, usual.bounds());
    deployment = node.deploy(new RegistryVerticle(settings, meters));
    registry = listener.nextArrival();
    awaitThat(() -> !provided().offers().tools().isEmpty());
  }

  @AfterEach
  void close() {
    node.close();
    server.close();
  }

  /** Appendix C 18. */
  @Test
  void whenAServerWantsToBeAskedAgainIsPassedOn() throws InterruptedException {
    var call = send();
    held.take().header("Retry-After", "60").status(429);
    var error = Stage.error(call.await());
    assertThat(error.getString("code")).isEqualTo("UPSTREAM_ERROR");
    assertThat(error.getBoolean("retryable")).isTrue();
    assertThat(error.getString("message"))
        .isEqualTo("The server \"held\" takes no more requests now");
    assertThat(error.getJsonObject("details"))
        .isEqualTo(
            JsonObject.of("reason", "overloaded", "retry_after_ms", 60_000, "server", "held"));
    assertThat(server.seen("tools/call")).hasSize(1);
  }

  @Test
  void whatIsUnderWayIsAnsweredBeforeConnectionsAreClosed() throws InterruptedException {
    var call = send();
    var turn = held.take();
    assertThat(health()).isEqualTo(1);
    var ended = node.vertx().undeploy(deployment);
    assertThat(listener.nextDeparture().why()).isEqualTo(Roster.Leave.GOODBYE);
    assertThat(ended.isComplete()).isFalse();
    assertThat(server.seen("DELETE /mcp")).isEmpty();
    turn.result(new JsonObject("{\"content\":[{\"type\":\"text\",\"text\":\"at last\"}]}"));
    assertThat(((Outcome.Result) call.await()).json().toString()).contains("at last");
    ended.await();
    assertThat(server.seen("DELETE /mcp")).hasSize(2); // the keeper's and the client's
    assertThat(health()).isZero();
  }

  /** The bus waits ten seconds for what is under way, and nothing more is waited for then. */
  @Test
  void whatIsNotAnsweredWithinTenSecondsIsGivenUp() throws InterruptedException {
    var call = send();
    held.take();
    var began = System.nanoTime();
    node.vertx().undeploy(deployment).await();
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(13));
    assertThat(server.seen("DELETE /mcp")).hasSize(2);
    assertThat(server.seen("tools/call")).hasSize(1);
    assertThat(health()).isZero();
    var error = Stage.error(call.await());
    assertThat(error.getString("code")).isEqualTo("UPSTREAM_ERROR");
    assertThat(error.getString("message"))
        .isEqualTo(
            "The server \"held\" cannot be reached; whether the call took effect is not known");
  }

  private Server operators() {
    var key = new Server.Key(Server.Key.OPERATOR, UUID.randomUUID());
    var endpoint = new Endpoint.Http(server.url(), new Credentials.None());
    var limits = new Limits(Duration.ofSeconds(40), 2, 10, 3, Duration.ofSeconds(60));
    var patient = new Policy(true, false, null, true, true, limits);
    return new Server(key, "held", "held", endpoint, patient, 1);
  }

  private static JsonArray tools() {
    return new JsonArray().add(new JsonObject("{\"name\":\"it\",\"inputSchema\":{}}"));
  }

  private Provided provided() {
    var outcome =
        (Outcome.Result) gateway.provide(registry, CallingGateway.CALLER).await();
    return Provided.fromBuffer(outcome.json());
  }

  private Future<Outcome> send() {
    var params = Stage.params("held_it", new JsonObject());
    var like = gateway.newCall(new Call.Target("tools/call", "held_it"), params);
    return gateway.send(
        registry,
        new Call(like.target(), CallingGateway.CALLER, like.trail(), 30_000, like.params()));
  }

  private double health() {
    return meters.get("mcp.upstream.server.health").gauge().value();
  }
}
