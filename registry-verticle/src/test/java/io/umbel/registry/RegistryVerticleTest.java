package io.umbel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Listener;
import io.umbel.contract.LoneNode;
import io.umbel.contract.Outcome.ProtocolError;
import io.umbel.contract.Outcome.Result;
import io.umbel.contract.Roster;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RegistryVerticleTest {

  private final LoneNode node = new LoneNode();
  private final Listener listener = new Listener();
  private final CallingGateway gateway = new CallingGateway(node);
  private Announcement registry;
  private String deployment;

  @BeforeEach
  void deploy() {
    node.deploy(listener);
    deployment =
        node.deploy(new RegistryVerticle(RegistrySettings.usual(), new SimpleMeterRegistry()));
    registry = listener.nextArrival();
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void announcesItselfWithNothingToOffer() {
    assertThat(registry.instance().provider()).isEqualTo("registry");
    assertThat(registry.offers()).isEqualTo(Offers.ofTools(List.of()));
  }

  @Test
  void answersAPing() {
    assertThat(gateway.ping(registry).await().length()).isZero();
  }

  @Test
  void knowsNoToolAsLongAsThereIsNoServer() {
    var call = gateway.newCall("anything", new JsonObject());
    assertThat(gateway.send(registry, call).await())
        .isInstanceOfSatisfying(
            ProtocolError.class, error -> assertThat(error.code()).isEqualTo(-32602));
  }

  @Test
  void refusesACallerThatNobodySealed() {
    var call = gateway.newCall("anything", new JsonObject());
    var outcome = (Result) gateway.send(registry, call, null).await();
    assertThat(outcome.failure()).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void saysGoodbye() {
    node.vertx().undeploy(deployment).await();
    assertThat(listener.nextDeparture())
        .isEqualTo(new Listener.Departure(registry, Roster.Leave.GOODBYE));
  }
}
