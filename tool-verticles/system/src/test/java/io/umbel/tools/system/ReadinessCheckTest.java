package io.umbel.tools.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Bus;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.Listener;
import io.umbel.contract.LoneNode;
import io.umbel.contract.Outcome.Result;
import io.umbel.contract.SignedMessage;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadinessCheckTest {

  private final LoneNode node = new LoneNode();
  private final Listener listener = new Listener();
  private final CallingGateway gateway = new CallingGateway(node);
  private Announcement system;

  @BeforeEach
  void deploy() {
    node.deploy(listener);
    node.deploy(new SystemTools());
    system = listener.nextArrivalOf("system");
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void isReadyWhenEverythingAnswers() {
    new ShowingGateway(node, 0);
    announced("registry", ping -> ping.reply(Buffer.buffer()));
    announced("issues", ping -> ping.reply(Buffer.buffer()));
    var readiness = readiness();
    assertThat(readiness.getString("status")).isEqualTo("ready");
    assertThat(dependencies(readiness).fieldNames())
        .containsExactlyInAnyOrder("cluster", "registry", "issues", "system");
    assertThat(dependencies(readiness).stream()).allSatisfy(entry -> {
      var probed = (JsonObject) entry.getValue();
      assertThat(probed.getBoolean("ok")).isTrue();
      assertThat(probed.getDouble("latency_ms")).isBetween(0.0, 1_000.0);
      assertThat(probed.containsKey("error")).isFalse();
    });
  }

  @Test
  void isDegradedWithoutARegistry() {
    new ShowingGateway(node, 0);
    var readiness = readiness();
    assertThat(readiness.getString("status")).isEqualTo("degraded");
    assertThat(dependencies(readiness).getJsonObject("registry"))
        .isEqualTo(new JsonObject("{\"ok\":false,\"latency_ms\":0,\"error\":\"not heard of\"}"));
    assertThat(dependencies(readiness).getJsonObject("cluster").getBoolean("ok"))
        .isTrue();
  }

  @Test
  void tellsWhatTheGatewayDependsOnToo() {
    announced("registry", ping -> ping.reply(Buffer.buffer()));
    var away = JsonObject.of("ok", false, "latency_ms", 250, "error", "no answer");
    new ShowingGateway(node, 0).dependsOn("redis", away);
    var readiness = readiness();
    assertThat(readiness.getString("status")).isEqualTo("degraded");
    assertThat(dependencies(readiness).getJsonObject("redis")).isEqualTo(away);
  }

  @Test
  void saysWhyEachThatFailsDoes() {
    announced("registry", ping -> ping.fail(1, "jdbc:secret"));
    say(new Instance("issues", "issues-1", "local", "1.0.0"));
    var dependencies = dependencies(readiness());
    assertThat(error(dependencies, "registry")).isEqualTo("answered with a failure");
    assertThat(error(dependencies, "issues")).isEqualTo("nobody is at its address");
    assertThat(error(dependencies, "cluster")).isEqualTo("nobody is at its address");
  }

  @Test
  void waitsASecondForAllThatAreSilentTogether() {
    new ShowingGateway(node, 0);
    for (var word : List.of("registry", "issues", "search", "forms")) {
      announced(word, ping -> {});
    }
    var started = System.nanoTime();
    var dependencies = dependencies(readiness());
    assertThat(System.nanoTime() - started).isBetween(990_000_000L, 3_500_000_000L);
    for (var word : List.of("registry", "issues", "search", "forms")) {
      assertThat(error(dependencies, word)).isEqualTo("no answer within 1000 ms");
    }
    assertThat(dependencies.getJsonObject("system").getBoolean("ok")).isTrue();
  }

  /** Someone at an address of its own, who treats pings so, and is known to all when this ends. */
  private void announced(String word, Handler<Message<Buffer>> pings) {
    var instance = new Instance(word, word + "-1", "local", "1.0.0");
    node.vertx().eventBus().consumer(instance.address(), pings).completion().await();
    say(instance);
  }

  private void say(Instance instance) {
    var announcement = new Announcement(instance, Traits.NONE, Offers.ofTools(List.of()));
    new SignedMessage(node.node())
        .publish(node.vertx(), Bus.ANNOUNCE, "announce", instance.id(), announcement.toBuffer());
    listener.nextArrivalOf(instance.provider());
    gateway.ping(system).await();
  }

  private JsonObject readiness() {
    var call = gateway.newCall("readiness_check", new JsonObject());
    var result = (Result) gateway.send(system, call).await();
    return result.json().toJsonObject().getJsonObject("structuredContent");
  }

  private static JsonObject dependencies(JsonObject readiness) {
    return readiness.getJsonObject("dependencies");
  }

  private static String error(JsonObject dependencies, String name) {
    assertThat(dependencies.getJsonObject(name).getBoolean("ok")).isFalse();
    return dependencies.getJsonObject(name).getString("error");
  }
}
