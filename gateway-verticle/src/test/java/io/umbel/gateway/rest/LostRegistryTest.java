package io.umbel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Bus;
import io.umbel.contract.Caller;
import io.umbel.contract.Conversation;
import io.umbel.contract.Node;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provider;
import io.umbel.gateway.TwoGateways;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The registry that was asked says nothing, or its node is lost meanwhile. */
@Timeout(60)
class LostRegistryTest {

  private static final String SERVERS = "/api/v1/mcp-servers";

  private final SilentRegistry silent = new SilentRegistry();
  private RestGateways gateways;
  private RestClient ann;

  @BeforeEach
  void start() {
    gateways = new RestGateways();
    gateways.bus().deployVerticle(silent).await();
    ann = gateways.admin("lost");
  }

  @AfterEach
  void stop() {
    gateways.close();
  }

  @Test
  void whatOnlyLooksIsSaidToBeUnavailableSoon() {
    TwoGateways.until(() -> ann.get(SERVERS).problem().contains("answers"));

    var said = ann.get(SERVERS);
    assertThat(said.problem())
        .isEqualTo("503 urn:umbel:problem:unavailable No node with the role registry answers at the"
            + " moment: try again shortly.");
    assertThat(said.header("Retry-After")).isNotNull();
  }

  @Test
  void anotherOneIsAskedWhereNothingIsToBeChanged() {
    var other = new ObedientRegistry();
    other.answer = JsonObject.of("status", 200, "body", new JsonArray());
    gateways.bus().deployVerticle(other).await();
    TwoGateways.until(() -> ann.get(SERVERS).status() == 200);

    for (var i = 0; i < 4; i++) {
      assertThat(ann.get(SERVERS).status()).isEqualTo(200);
    }
  }

  @Test
  void whoseNodeIsLostWhileItChangesSomethingIsNotWaitedFor() throws Exception {
    TwoGateways.until(() -> ann.get(SERVERS).problem().contains("answers"));
    silent.asked = new CountDownLatch(1);

    var later = ann.sendLater(
        "POST", SERVERS, JsonObject.of("name", "x", "url", "https://x.example/").encode());
    assertThat(silent.asked.await(20, TimeUnit.SECONDS)).isTrue();
    gateways.bus().eventBus().publish(Bus.NODE_LEFT, Node.of(gateways.bus()).id());

    assertThat(later.get(20, TimeUnit.SECONDS).problem())
        .isEqualTo("503 urn:umbel:problem:unavailable The node with the role registry that did this"
            + " was lost; whether anything was changed is not known: look before you try again.");
  }

  /** Takes every question and answers none. */
  private static final class SilentRegistry extends Provider {

    private volatile CountDownLatch asked = new CountDownLatch(1);

    @Override
    protected String name() {
      return "registry";
    }

    @Override
    protected Offers offers() {
      return Offers.NONE;
    }

    @Override
    protected Future<Outcome> answer(Conversation conversation) {
      return Promise.<Outcome>promise().future();
    }

    @Override
    protected Future<JsonObject> manage(Caller caller, JsonObject request) {
      asked.countDown();
      return Promise.<JsonObject>promise().future();
    }
  }
}
