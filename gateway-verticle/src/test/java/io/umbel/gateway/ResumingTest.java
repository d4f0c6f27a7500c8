package io.umbel.gateway;

import static io.umbel.gateway.Talk.text;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of sessions: their own, and what a client that was cut off can still fetch of one. */
class ResumingTest {

  private static final String UPDATED = "notifications/resources/updated";
  private static final String TOOLS = "notifications/tools/list_changed";

  private TwoGateways two;

  @BeforeEach
  void start() {
    two = new TwoGateways();
  }

  @AfterEach
  void stop() {
    two.close();
  }

  @Test
  void theRestOfAnAnswerIsFetchedFromEitherGateway() throws InterruptedException {
    var session = Talk.initialize(two.a());
    for (var port : List.of(two.a(), two.b())) {
      var cut = held(session, 1);
      cut.message();
      cut.close();
      var rest = Talk.listen(port, session, cut.lastId());
      assertThat(rest.status()).isEqualTo(200);
      two.tools().release();
      assertThat(text(rest.message())).isEqualTo("released");
      assertThat(rest.ends()).isTrue();
      var again = Talk.listen(port == two.a() ? two.b() : two.a(), session, cut.lastId());
      assertThat(text(again.message())).isEqualTo("released");
      assertThat(again.ends()).isTrue();
    }
    two.awaitNothingHeld();
  }

  @Test
  void aClientThatWasLetGoPollsForItsAnswer() throws InterruptedException {
    var session = Talk.initialize(two.a());
    for (var port : List.of(two.a(), two.b())) {
      var paused = Talk.legacy(two.a(), session, "p", "tools/call", tool("pause"));
      var primed = paused.next();
      assertThat(primed.id()).isNotNull();
      assertThat(primed.data()).isEmpty();
      assertThat(paused.next().retry()).isNotNull();
      assertThat(paused.ends()).isTrue();
      var rest = Talk.listen(port, session, paused.lastId());
      assertThat(rest.status()).isEqualTo(200);
      two.tools().release();
      var answer = rest.message();
      assertThat(answer.getString("id")).isEqualTo("p");
      assertThat(text(answer)).isEqualTo("released");
    }
  }

  @Test
  void aStreamThatWentWithItsGatewayIsSaidToBeLost() {
    var session = Talk.initialize(two.a());
    var paused = Talk.legacy(two.a(), session, "p", "tools/call", tool("pause"));
    assertThat(paused.next().id()).isNotNull();
    assertThat(paused.next().retry()).isNotNull();
    assertThat(paused.ends()).isTrue();
    two.stopA();
    var lost = Talk.listen(two.b(), session, paused.lastId());
    var answer = lost.message();
    assertThat(answer.getString("id")).isEqualTo("p");
    assertThat(answer.getJsonObject("error").getString("message")).contains("not known");
    assertThat(lost.ends()).isTrue();
  }

  @Test
  void anotherSessionCannotComeForAStream() throws InterruptedException {
    var session = Talk.initialize(two.a());
    var stream = held(session, 1);
    stream.message();
    for (var port : List.of(two.a(), two.b())) {
      var foreign = Talk.listen(port, Talk.initialize(two.b()), stream.lastId());
      assertThat(foreign.message().getJsonObject("error")).isNotNull();
      assertThat(foreign.ends()).isTrue();
    }
    two.tools().release();
    assertThat(text(stream.message())).isEqualTo("released");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "0",
        "0123456789ab_0123456789abcdef0123456789abcdef_0_A",
        "0123456789ab_0123456789abcdef0123456789abcdef_0_AAAAA",
        "0123456789ab_0123456789abcdef0123456789abcdef_99999999999_"
      })
  void whatIsNoEventIdIsRefused(String lastEvent) {
    var session = Talk.initialize(two.a());
    assertThat(Talk.listen(two.a(), session, lastEvent).status()).isEqualTo(400);
  }

  @Test
  void anUnknownStreamOfItsOwnIsNotFound() {
    var session = Talk.initialize(two.a());
    var unknown = "0123456789ab_0123456789abcdef0123456789abcdef_0_";
    assertThat(Talk.listen(two.a(), session, unknown).status()).isEqualTo(404);
  }

  @Test
  void aRequestWithALongIdIsAnsweredAndResumed() throws InterruptedException {
    var session = Talk.initialize(two.a());
    var id = "x".repeat(2_000);
    var cut = held(session, id);
    cut.message();
    cut.close();
    var rest = Talk.listen(two.b(), session, cut.lastId());
    two.tools().release();
    assertThat(rest.message().getString("id")).isEqualTo(id);
  }

  @Test
  void aSessionHearsOnceOfWhatItWatchesWhereverItSaidSo() {
    var session = Talk.initialize(two.a());
    subscribe(session, "resources/subscribe");
    var stream = Talk.listen(two.b(), session, null);
    assertThat(stream.status()).isEqualTo(200);
    call("touch", "talk://unwatched");
    call("touch", TalkingTools.WATCHED);
    var told = stream.message();
    assertThat(told.getString("method")).isEqualTo(UPDATED);
    assertThat(told.getJsonObject("params")).isEqualTo(JsonObject.of("uri", TalkingTools.WATCHED));
    grow();
    assertThat(stream.message().getString("method")).isEqualTo(TOOLS);
    subscribe(session, "resources/unsubscribe");
    call("touch", TalkingTools.WATCHED);
    grow();
    assertThat(stream.message().getString("method")).isEqualTo(TOOLS);
  }

  @Test
  void aStreamOfItsOwnGoesOnWhereItWasCutOff() {
    var session = Talk.initialize(two.a());
    subscribe(session, "resources/subscribe");
    var stream = Talk.listen(two.a(), session, null);
    assertThat(stream.status()).isEqualTo(200);
    for (var port : List.of(two.a(), two.b(), two.a())) {
      call("touch", TalkingTools.WATCHED);
      assertThat(stream.message().getString("method")).isEqualTo(UPDATED);
      stream.close();
      grow();
      var rest = Talk.listen(port, session, stream.lastId());
      assertThat(rest.message().getString("method")).isEqualTo(TOOLS);
      stream = rest;
    }
    call("touch", TalkingTools.WATCHED);
    assertThat(stream.message().getString("method")).isEqualTo(UPDATED);
  }

  @Test
  void aStreamOfItsOwnEndsWithItsGateway() {
    var session = Talk.initialize(two.a());
    var stream = Talk.listen(two.a(), session, null);
    assertThat(stream.status()).isEqualTo(200);
    two.stopA();
    assertThat(stream.ends()).isTrue();
  }

  private EventClient held(String session, Object id) {
    var params = tool("hold").put("_meta", JsonObject.of("progressToken", 1));
    return Talk.legacy(two.a(), session, id, "tools/call", params);
  }

  private void subscribe(String session, String method) {
    var params = JsonObject.of("uri", TalkingTools.WATCHED);
    assertThat(Talk.legacy(two.a(), session, 1, method, params).message().containsKey("result"))
        .isTrue();
  }

  private void grow() {
    call("grow", "grown-" + UUID.randomUUID());
  }

  private void call(String name, String word) {
    var params = tool(name).put("arguments", JsonObject.of("word", word));
    Talk.modern(two.b(), 9, "tools/call", params).message();
  }
}
