package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.gateway.PlayedServers.Watched;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client of the session era watches a resource of an upstream server. */
@Timeout(60)
class WatchingSessionTest {

  private static final JsonObject NOTES = JsonObject.of("uri", "notes://all");

  private final LinkedBlockingQueue<Watched> told = new LinkedBlockingQueue<>();
  private final PlayedServers servers = new PlayedServers(told).give("local", "files", "read");
  private RunningGateway gateway;
  private String session;

  @BeforeEach
  void start() {
    gateway = new RunningGateway(
        Clock.systemUTC(), new SimpleMeterRegistry(), GatewaySettings.defaults(), new WhoTools());
    gateway.vertx().deployVerticle(servers).await();
    session = Talk.initialize(gateway.port());
    TwoGateways.until(() -> request("resources/subscribe").containsKey("result"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void whoeverFrontsTheServerIsToldAtOnceAndTheChangeComesOnTheSessionsStream() throws Exception {
    var stream = Talk.listen(gateway.port(), session, null);
    assertThat(stream.status()).isEqualTo(200);
    var watched = told.poll(20, TimeUnit.SECONDS);
    assertThat(watched.uris()).containsExactly("notes://all");
    assertThat(watched.caller().account()).isEqualTo("local");
    servers.touched("notes://all", "other");
    servers.touched("notes://all", "local");
    var update = stream.message();
    assertThat(update.getString("method")).isEqualTo("notifications/resources/updated");
    assertThat(update.getJsonObject("params")).isEqualTo(NOTES);
    assertThat(stream.hasNext()).as("what is another account's is not told").isFalse();
    stream.close();
  }

  private JsonObject request(String method) {
    return Talk.legacy(gateway.port(), session, 1, method, NOTES).message();
  }
}
