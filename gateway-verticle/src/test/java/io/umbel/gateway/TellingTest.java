package io.umbel.gateway;

import static io.umbel.gateway.Talk.accepted;
import static io.umbel.gateway.Talk.again;
import static io.umbel.gateway.Talk.text;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Progress and log lines reach the client that asked for them, before its answer, and no other. */
class TellingTest {

  private static final String LEVEL = "io.modelcontextprotocol/logLevel";

  private static TwoGateways two;

  @BeforeAll
  static void start() {
    two = new TwoGateways();
  }

  @AfterAll
  static void stop() {
    two.awaitNothingHeld();
    two.close();
  }

  @Test
  void progressGrowsAndEndsWithTheAnswer() {
    var meta = JsonObject.of("progressToken", "p");
    var modern = Talk.modern(two.a(), 1, "tools/call", tool("count"), meta);
    counted(modern, "p", 1);
    var session = Talk.initialize(two.a());
    var params = tool("count").put("_meta", JsonObject.of("progressToken", 5));
    counted(Talk.legacy(two.b(), session, "x", "tools/call", params), 5, "x");
  }

  @Test
  void withoutATokenThereIsNoProgressAndNoStream() {
    var modern = Talk.modern(two.a(), 1, "tools/call", tool("count"));
    assertThat(text(modern.message())).isEqualTo("counted");
    assertThat(modern.response().headers().firstValue("Content-Type")).hasValue("application/json");
    var legacy = Talk.legacy(two.a(), Talk.initialize(two.a()), 1, "tools/call", tool("count"));
    assertThat(text(legacy.message())).isEqualTo("counted");
    assertThat(legacy.ends()).isTrue();
  }

  @Test
  void progressGrowsOverAllRoundsOfOneRequest() {
    var session = Talk.initialize(two.a());
    var params = tool("count_ask").put("_meta", JsonObject.of("progressToken", 1));
    var stream = Talk.legacy(two.a(), session, 1, "tools/call", params);
    assertThat(progress(stream.message())).isEqualTo(1);
    Talk.answer(two.b(), session, stream.message().getString("id"), accepted("Ann"));
    assertThat(progress(stream.message())).isEqualTo(2);
    assertThat(text(stream.message())).isEqualTo("{\"name\":\"Ann\"}");
  }

  @Test
  void progressOfAStatelessRequestGoesToWhereItCameBack() {
    var first = Talk.modern(
        two.a(), 1, "tools/call", tool("count_ask"), JsonObject.of("progressToken", "first"));
    assertThat(first.message().getJsonObject("params").getString("progressToken"))
        .isEqualTo("first");
    var state = first.message().getJsonObject("result").getString("requestState");
    var back = again(tool("count_ask"), state, Map.of("name", accepted("Ann")));
    var second =
        Talk.modern(two.b(), 2, "tools/call", back, JsonObject.of("progressToken", "second"));
    var told = second.message();
    assertThat(progress(told)).isEqualTo(1);
    assertThat(told.getJsonObject("params").getString("progressToken")).isEqualTo("second");
    assertThat(progress(second.message())).isEqualTo(2);
    assertThat(text(second.message())).isEqualTo("{\"name\":\"Ann\"}");
  }

  @Test
  void clientsWithTheSameIdsAndTokensHearOnlyOfTheirOwn() throws InterruptedException {
    var sessions = List.of(Talk.initialize(two.a()), Talk.initialize(two.b()));
    var streams = new ArrayList<EventClient>();
    var ids = new ArrayList<Object>();
    for (var id : List.<Object>of(1, "1")) {
      for (var port : List.of(two.a(), two.b())) {
        var meta = JsonObject.of("progressToken", id);
        streams.add(Talk.modern(port, id, "tools/call", tool("hold"), meta));
        ids.add(id);
        for (var session : sessions) {
          var params = tool("hold").put("_meta", meta);
          streams.add(Talk.legacy(port, session, id, "tools/call", params));
          ids.add(id);
        }
      }
    }
    for (int i = 0; i < streams.size(); i++) {
      var told = streams.get(i).message().getJsonObject("params");
      assertThat(told.getValue("progressToken")).isEqualTo(ids.get(i));
    }
    for (int i = 0; i < streams.size(); i++) {
      two.tools().release();
    }
    for (int i = 0; i < streams.size(); i++) {
      var answer = streams.get(i).message();
      assertThat(answer.getValue("id")).isEqualTo(ids.get(i));
      assertThat(text(answer)).isEqualTo("released");
      assertThat(streams.get(i).ends()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"debug,8", "info,7", "warning,5", "emergency,1"})
  void aStatelessRequestHearsLinesFromItsLevel(String level, int lines) {
    var client = Talk.modern(two.a(), 1, "tools/call", tool("lines"), JsonObject.of(LEVEL, level));
    assertThat(levels(client)).hasSize(lines).startsWith(level);
  }

  @Test
  void aStatelessRequestWithoutALevelHearsNoLines() {
    assertThat(levels(Talk.modern(two.a(), 1, "tools/call", tool("lines")))).isEmpty();
  }

  @Test
  void theLevelSetAtOneGatewayHoldsAtTheOther() {
    var session = Talk.initialize(two.a());
    var other = Talk.initialize(two.a());
    var usual = levels(Talk.legacy(two.b(), session, 1, "tools/call", tool("lines")));
    assertThat(usual).hasSize(7).startsWith("info");
    setLevel(session, "error");
    var now = levels(Talk.legacy(two.b(), session, 1, "tools/call", tool("lines")));
    assertThat(now).containsExactly("error", "critical", "alert", "emergency");
    setLevel(session, "debug");
    assertThat(levels(Talk.legacy(two.b(), session, 1, "tools/call", tool("lines"))))
        .hasSize(8);
    assertThat(levels(Talk.legacy(two.b(), other, 1, "tools/call", tool("lines"))))
        .hasSize(7);
  }

  private static void setLevel(String session, String level) {
    var params = JsonObject.of("level", level);
    var answer = Talk.legacy(two.a(), session, 1, "logging/setLevel", params).message();
    assertThat(answer.getJsonObject("result")).isEqualTo(new JsonObject());
  }

  private static void counted(EventClient client, Object token, Object id) {
    for (int step = 1; step <= 3; step++) {
      var told = client.message();
      assertThat(told.getString("method")).isEqualTo("notifications/progress");
      assertThat(told.getJsonObject("params").getValue("progressToken")).isEqualTo(token);
      assertThat(told.getJsonObject("params").getInteger("total")).isEqualTo(3);
      assertThat(progress(told)).isEqualTo(step);
    }
    assertThat(client.message().getValue("id")).isEqualTo(id);
    assertThat(client.ends()).isTrue();
  }

  private static int progress(JsonObject told) {
    return told.getJsonObject("params").getInteger("progress");
  }

  /** The levels of the lines before the answer. */
  private static List<String> levels(EventClient client) {
    var levels = new ArrayList<String>();
    var message = client.message();
    while (message.containsKey("method")) {
      assertThat(message.getString("method")).isEqualTo("notifications/message");
      levels.add(message.getJsonObject("params").getString("level"));
      message = client.message();
    }
    assertThat(text(message)).isEqualTo("logged");
    return levels;
  }
}
