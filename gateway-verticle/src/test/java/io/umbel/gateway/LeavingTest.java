package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that is about to end goes on answering, and has clients take other connections. */
class LeavingTest {

  private static final byte[] LIST = RawConnection.post(
      RunningGateway.modernBody("tools/list", new JsonObject()).getBytes(StandardCharsets.UTF_8),
      "Host: localhost",
      "Content-Type: application/json",
      "MCP-Protocol-Version: 2026-07-28",
      "Mcp-Method: tools/list");

  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway = new RunningGateway(GatewaySettings.defaults(), new SampleTools());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aConnectionIsKeptAsLongAsTheGatewayStays() {
    try (var connection = new RawConnection(gateway.port())) {
      assertThat(connection.send(LIST).read().headers()).doesNotContainKey("connection");
      assertThat(connection.send(LIST).read().status()).isEqualTo(200);
    }
  }

  @Test
  void whoeverAsksAGatewayThatLeavesIsAnsweredAndAskedToGo() {
    try (var connection = new RawConnection(gateway.port())) {
      assertThat(connection.send(LIST).read().status()).isEqualTo(200);
      var left = gateway.leave();
      var last = connection.send(LIST).read();
      assertThat(left.isComplete()).isFalse();
      assertThat(last.status()).isEqualTo(200);
      assertThat(last.headers()).containsEntry("connection", "close");
      left.await();
    }
  }

  @Test
  void withoutClientsThereIsNothingToWaitFor() {
    assertThat(gateway.leave().succeeded()).isTrue();
  }
}
