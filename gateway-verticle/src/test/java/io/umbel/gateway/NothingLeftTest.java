package io.umbel.gateway;

import static io.umbel.gateway.Talk.accepted;
import static io.umbel.gateway.Talk.again;
import static io.umbel.gateway.Talk.text;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many at once, and many who never come back: nothing of them is left at either gateway. */
class NothingLeftTest {

  private static final int MANY = 200;

  private static TwoGateways two;

  @BeforeAll
  static void start() {
    two = new TwoGateways();
  }

  @AfterAll
  static void stop() {
    two.close();
  }

  @Test
  void shortCallsLeaveNothing() {
    var session = Talk.initialize(two.a());
    for (int round = 0; round < 20; round++) {
      var calls = new ArrayList<EventClient>();
      for (int i = 0; i < 50; i++) {
        var port = i % 2 == 0 ? two.a() : two.b();
        calls.add(Talk.modern(port, i, "tools/call", tool("count")));
        calls.add(Talk.legacy(port, session, round + "-" + i, "tools/call", tool("lines")));
      }
      for (var call : calls) {
        assertThat(call.status()).isEqualTo(200);
        while (!call.next().isEnd()) {
          // Log lines and the answer.
        }
      }
    }
    two.awaitNothingHeld();
  }

  @Test
  void streamsThatTheirClientsCloseLeaveNothing() {
    var session = Talk.initialize(two.a());
    var wanted = JsonObject.of(
        "toolsListChanged", true, "resourceSubscriptions", JsonArray.of(TalkingTools.WATCHED));
    var params = JsonObject.of("notifications", wanted);
    var streams = new ArrayList<EventClient>();
    for (int i = 0; i < MANY / 2; i++) {
      var port = i % 2 == 0 ? two.a() : two.b();
      streams.add(Talk.modern(port, i, "subscriptions/listen", params));
      streams.add(Talk.listen(port, session, null));
    }
    for (var stream : streams) {
      assertThat(stream.status()).isEqualTo(200);
    }
    TwoGateways.until(() -> watchers() == MANY);
    assertThat(watchers()).isEqualTo(MANY);
    streams.forEach(EventClient::close);
    two.awaitNothingHeld();
  }

  @Test
  void allWhoAreAskedAtOnceAreAnswered() {
    var session = Talk.initialize(two.a());
    var states = new ArrayList<String>();
    var streams = new ArrayList<EventClient>();
    for (int i = 0; i < MANY / 2; i++) {
      streams.add(Talk.legacy(two.a(), session, i, "tools/call", tool("ask")));
      states.add(Talk.modern(two.a(), i, "tools/call", tool("ask"))
          .message()
          .getJsonObject("result")
          .getString("requestState"));
    }
    for (int i = 0; i < MANY / 2; i++) {
      var name = "N" + i;
      var question = streams.get(i).message().getString("id");
      assertThat(Talk.answer(two.b(), session, question, accepted(name))).isEqualTo(202);
      assertThat(text(streams.get(i).message())).isEqualTo("{\"name\":\"" + name + "\"}");
      var back = again(tool("ask"), states.get(i), Map.of("name", accepted(name)));
      assertThat(text(Talk.modern(two.b(), i, "tools/call", back).message()))
          .isEqualTo("{\"name\":\"" + name + "\"}");
    }
    two.awaitNothingHeld();
  }

  private static int watchers() {
    return two.gatewayA().held().watchers() + two.gatewayB().held().watchers();
  }
}
