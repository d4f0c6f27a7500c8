package io.umbel.gateway;

import static io.umbel.gateway.Talk.accepted;
import static io.umbel.gateway.Talk.again;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for their users are counted, wherever they wait. */
class ParkedMetricsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TalkingTools tools = new TalkingTools();
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway = new RunningGateway(Clock.systemUTC(), registry, GatewaySettings.defaults(), tools);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void whatIsParkedAndWhatBecameOfItIsCounted() {
    assertThat(counted("parked")).isZero();
    assertThat(counted("refused")).isZero();
    var first = Talk.modern(gateway.port(), 1, "tools/call", tool("ask")).message();
    Talk.modern(gateway.port(), 2, "tools/call", tool("ask")).message();
    var state = first.getJsonObject("result").getString("requestState");
    var back = again(tool("ask"), state, Map.of("name", accepted("Ann")));
    Talk.modern(gateway.port(), 3, "tools/call", back).message();
    TwoGateways.until(() -> counted("resumed") == 1);
    assertThat(counted("resumed")).isEqualTo(1);
    assertThat(counted("parked")).isEqualTo(2);
    assertThat(counted("expired")).isZero();
    assertThat(parkedNow()).isEqualTo(1);
    gateway.undeploy(tools);
    TwoGateways.until(() -> parkedNow() == 0);
    assertThat(parkedNow()).isZero();
    assertThat(counted("parked")).isEqualTo(2);
  }

  private double parkedNow() {
    return registry.get("mcp.parked.calls").gauge().value();
  }

  private double counted(String what) {
    return registry.get("mcp.parked.calls.events").tag("what", what).counter().count();
  }
}
