package io.umbel.registry;

import static io.umbel.registry.Stage.ANN;
import static io.umbel.registry.Stage.awaitThat;
import static io.umbel.registry.Stage.error;
import static io.umbel.registry.Stage.params;
import static io.umbel.registry.Stage.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Outcome;
import io.umbel.registry.server.Definitions.Standing;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Policy.Limits;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that take long until they tell of themselves, since they have to be fetched first. */
@Timeout(30)
class StartingTest {

  private final Stage stage = new Stage();
  private final PlayedServer npx = stage.upstreams.play("npx").tool("read", "Reads.");

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void isToldOfAsStartingUntilItAnswers() {
    var starting = begin();
    stage.open();
    stage.servers.put(process());
    awaitThat(() -> standing().isStarting());
    assertThat(standing().healthy()).isTrue();
    assertThat(stage.toolNames(ANN)).isEmpty();
    starting.complete();
    awaitThat(() -> !stage.toolNames(ANN).isEmpty());
    awaitThat(() -> !standing().isStarting() && standing().scannedAt() != null);
    assertThat(standing().healthy()).isTrue();
  }

  @Test
  void isToldOfAsFailedWhenItGivesUp() {
    var starting = begin();
    stage.open();
    stage.servers.put(process());
    awaitThat(() -> standing().isStarting());
    starting.fail(PlayedServer.trouble(Reason.TIMEOUT, false));
    awaitThat(() -> !standing().isStarting());
    assertThat(standing().healthy()).isFalse();
    assertThat(standing().error()).isEqualTo("it is played so");
  }

  /** What is known of it stays known, and it was no failure of its. */
  @Test
  void callsMeanwhileHearThatItIsStartingAndAreNotHeldAgainstIt() {
    stage.open();
    var server = stage.registered(process());
    var starting = begin();
    stage.manage("reconnect", server);
    for (int i = 0; i < 4; i++) {
      var failure = error(stage.call("npx_read", new JsonObject()));
      assertThat(failure.getString("code")).isEqualTo("UPSTREAM_ERROR");
      assertThat(failure.getBoolean("retryable")).isTrue();
      assertThat(failure.getString("message"))
          .isEqualTo("The server \"npx\" is starting; call again shortly");
      assertThat(failure.getJsonObject("details"))
          .isEqualTo(JsonObject.of("reason", "starting", "retry_after_ms", 5_000, "server", "npx"));
    }
    assertThat(stage.manage("breaker", server).getString("state")).isEqualTo("closed");
    starting.complete();
    assertThat(stage.call("npx_read", new JsonObject())).isInstanceOf(Outcome.Result.class);
  }

  @Test
  void nobodyElseWaits() {
    stage.upstreams.play("git").tool("clone", "Clones.");
    begin();
    stage.open();
    stage.servers.put(process());
    stage.registered("git");
    awaitThat(() -> stage.toolNames(ANN).equals(List.of("git_clone")));
    var call = stage.call(ANN, "tools/call", "git_clone", params("git_clone", new JsonObject()));
    assertThat(call).isInstanceOf(Outcome.Result.class);
    assertThat(standing().scannedAt()).isNull();
  }

  private Promise<Void> begin() {
    var starting = Promise.<Void>promise();
    npx.opening = starting.future();
    return starting;
  }

  private Server known;

  private Server process() {
    var limits = new Limits(Duration.ofMillis(200), 0, 10, 3, Duration.ofSeconds(60));
    var policy = new Policy(true, false, null, true, true, limits);
    var endpoint = new Endpoint.Stdio("npx", List.of("-y", "some"), Map.of());
    known = Stage.changed(server("acme", "npx", policy), endpoint, policy);
    return known;
  }

  private Standing standing() {
    return stage.definitions.standing(known.key()).result();
  }
}
