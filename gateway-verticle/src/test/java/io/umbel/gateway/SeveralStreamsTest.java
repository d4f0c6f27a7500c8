package io.umbel.gateway;

import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session with several streams of its own, over two gateways; and what ends them. */
class SeveralStreamsTest {

  private static final String UPDATED = "notifications/resources/updated";
  private static final JsonObject WATCHED = JsonObject.of("uri", TalkingTools.WATCHED);

  private TwoGateways two;
  private String session;

  @BeforeEach
  void start() {
    two = new TwoGateways();
    session = Talk.initialize(two.a());
    Talk.legacy(two.a(), session, 1, "resources/subscribe", WATCHED).message();
  }

  @AfterEach
  void stop() {
    two.close();
  }

  @Test
  void aChangeIsToldOnTheNewestStreamOnly() {
    var older = new ArrayList<EventClient>();
    for (var port : List.of(two.a(), two.b(), two.b(), two.a())) {
      var newest = opened(port);
      touch();
      assertThat(newest.message().getString("method")).isEqualTo(UPDATED);
      touch();
      assertThat(newest.message().getString("method")).isEqualTo(UPDATED);
      assertThat(older).noneMatch(EventClient::hasNext);
      older.add(newest);
    }
  }

  @Test
  void whenTheNewestIsClosedTheOneBeforeItIsTold() {
    for (var port : List.of(two.a(), two.b())) {
      var older = opened(two.a());
      var newest = opened(port);
      newest.close();
      TwoGateways.until(() -> watchers() == 1);
      touch();
      assertThat(older.message().getString("method")).isEqualTo(UPDATED);
      older.close();
      assertThat(Talk.delete(two.b(), session)).isEqualTo(200);
      two.awaitNothingHeld();
      session = Talk.initialize(two.b());
      Talk.legacy(two.a(), session, 1, "resources/subscribe", WATCHED).message();
    }
  }

  @Test
  void aStreamThatNobodyReadsTakesNothingFromOneThatIsRead() {
    var older = opened(two.a());
    var newest = opened(two.b());
    touch();
    assertThat(newest.message().getString("method")).isEqualTo(UPDATED);
    newest.close();
    TwoGateways.until(() -> {
      touch();
      return older.hasNext();
    });
    assertThat(older.message().getString("method")).isEqualTo(UPDATED);
    var back = Talk.listen(two.a(), session, newest.lastId());
    assertThat(back.status()).isEqualTo(200);
    while (older.hasNext() || back.hasNext()) {
      (older.hasNext() ? older : back).next();
    }
    touch();
    assertThat(back.message().getString("method")).isEqualTo(UPDATED);
    assertThat(older.hasNext()).isFalse();
  }

  @Test
  void allStreamsOfASessionEndWithItAtWhicheverGatewayItEnds() {
    var other = Talk.listen(two.a(), Talk.initialize(two.a()), null);
    for (var port : List.of(two.a(), two.b())) {
      session = Talk.initialize(two.a());
      Talk.legacy(two.a(), session, 1, "resources/subscribe", WATCHED).message();
      var stream = opened(two.a());
      var cut = opened(two.b());
      touch();
      cut.message();
      cut.close();
      var resumed = Talk.listen(two.a(), session, cut.lastId());
      assertThat(resumed.status()).isEqualTo(200);
      assertThat(Talk.delete(port, session)).isEqualTo(200);
      assertThat(stream.ends()).isTrue();
      assertThat(resumed.ends()).isTrue();
    }
    assertThat(other.hasNext()).isFalse();
    other.close();
    two.awaitNothingHeld();
  }

  @Test
  void whatIsSubscribedAtTwoGatewaysAtOnceIsAllSubscribed() {
    var uris =
        List.of("talk://letters/a", "talk://letters/b", "talk://letters/c", "talk://letters/d");
    var answers = new ArrayList<EventClient>();
    for (int i = 0; i < uris.size(); i++) {
      var params = JsonObject.of("uri", uris.get(i));
      var port = i % 2 == 0 ? two.a() : two.b();
      answers.add(Talk.legacy(port, session, i, "resources/subscribe", params));
    }
    answers.forEach(answer -> assertThat(answer.message().containsKey("result")).isTrue());
    for (var port : List.of(two.a(), two.b())) {
      var stream = opened(port);
      for (var uri : uris) {
        touch(uri);
        assertThat(stream.message().getJsonObject("params").getString("uri")).isEqualTo(uri);
      }
      stream.close();
    }
  }

  @Test
  void whatIsNoLongerWatchedAtOneGatewayIsNotToldAtTheOther() {
    var stream = opened(two.a());
    Talk.legacy(two.b(), session, 1, "resources/unsubscribe", WATCHED).message();
    Talk.legacy(
            two.b(), session, 1, "resources/subscribe", JsonObject.of("uri", "talk://letters/a"))
        .message();
    touch();
    touch("talk://letters/a");
    assertThat(stream.message().getJsonObject("params").getString("uri"))
        .isEqualTo("talk://letters/a");
  }

  @Test
  void whatDoesNotExistOrIsHiddenIsNotToldThoughItIsWatched() {
    var uri = JsonObject.of("uri", "talk://nothing");
    var answer = Talk.legacy(two.a(), session, 1, "resources/subscribe", uri).message();
    assertThat(answer.getJsonObject("result")).isEqualTo(new JsonObject());
    var stream = opened(two.a());
    var wanted = JsonObject.of(
        "resourceSubscriptions", JsonArray.of("talk://nothing", TalkingTools.WATCHED));
    var listening =
        Talk.modern(two.a(), 1, "subscriptions/listen", JsonObject.of("notifications", wanted));
    listening.message();
    touch("talk://nothing");
    touch();
    for (var each : List.of(stream, listening)) {
      assertThat(each.message().getJsonObject("params").getString("uri"))
          .isEqualTo(TalkingTools.WATCHED);
    }
  }

  private EventClient opened(int port) {
    var stream = Talk.listen(port, session, null);
    assertThat(stream.status()).isEqualTo(200);
    return stream;
  }

  private int watchers() {
    return two.gatewayA().held().watchers() + two.gatewayB().held().watchers();
  }

  private void touch() {
    touch(TalkingTools.WATCHED);
  }

  private void touch(String uri) {
    var params = tool("touch").put("arguments", JsonObject.of("word", uri));
    Talk.modern(two.b(), 9, "tools/call", params).message();
  }
}
