package io.umbel.gateway.stdio;

import static io.umbel.gateway.stdio.LineClient.call;
import static io.umbel.gateway.stdio.LineClient.modern;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.Guards;
import io.umbel.gateway.NamedTools;
import io.umbel.gateway.limits.RateSettings;
import io.umbel.gateway.limits.Rules;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client on stdin that asks too often is told so where there is no status: in its answer. */
@Timeout(30)
class LimitedStdioTest {

  private final Vertx vertx = Vertx.vertx();
  private final LineClient client = new LineClient();

  @BeforeEach
  void start() {
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, ClusterSecret.random(), Clock.systemUTC(), about).installOn(vertx);
    vertx.deployVerticle(new NamedTools("hello")).await();
    var rates = new RateSettings(Rules.of(List.of("tools/call 1/1h")), null, List.of());
    var settings = GatewaySettings.defaults()
        .expecting(Set.of("named"))
        .guardedBy(Guards.defaults().limiting(rates));
    vertx
        .deployVerticle(
            new StdioVerticle(settings, new SimpleMeterRegistry(), client.stdin(), client.stdout()))
        .await();
  }

  @AfterEach
  void stop() {
    vertx.close();
  }

  @Test
  void isToldWhenToComeBack() throws Exception {
    client.send(modern(call("1", "hello")));
    assertThat(client.next().containsKey("result")).isTrue();
    client.send(modern(call("2", "hello")));
    var answer = client.next();
    assertThat(answer.getInteger("id")).isEqualTo(2);
    var error = answer.getJsonObject("error");
    assertThat(error.getInteger("code")).isEqualTo(-32029);
    assertThat(error.getString("message")).isEqualTo("Too many requests: try again in 3600 s");
    assertThat(error.getJsonObject("data").getLong("retry_after_ms"))
        .isBetween(3_500_000L, 3_600_000L);
  }
}
