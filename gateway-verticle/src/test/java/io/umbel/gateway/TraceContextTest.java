package io.umbel.gateway;

import static io.umbel.gateway.Talk.accepted;
import static io.umbel.gateway.Talk.again;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a client says of its trace reaches whoever answers, as it was said.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">Trace Context</a>
 */
class TraceContextTest {

  private static final JsonObject TRACE = JsonObject.of(
      "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "tracestate", "vendor=t61rcWkgMzE,other=00f067aa0ba902b7",
      "baggage", "userId=Am%C3%A9lie,serverNode=DF%2028");

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
  void aStatelessRequestsTraceGoesOn() {
    assertThat(seen(Talk.modern(two.a(), 1, "tools/call", tool("params"), TRACE)))
        .containsExactly(TRACE);
  }

  @Test
  void aSessionsTraceGoesOn() {
    var session = Talk.initialize(two.a());
    var params = tool("params").put("_meta", TRACE);
    assertThat(seen(Talk.legacy(two.b(), session, 1, "tools/call", params))).containsExactly(TRACE);
  }

  @Test
  void whoComesBackWithAnswersSaysWhichTraceItIsThen() {
    var state = Talk.modern(two.a(), 1, "tools/call", tool("params_ask"), TRACE)
        .message()
        .getJsonObject("result")
        .getString("requestState");
    var other =
        TRACE.copy().put("traceparent", "00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-00");
    var back = again(tool("params_ask"), state, Map.of("name", accepted("Ann")));
    assertThat(seen(Talk.modern(two.b(), 2, "tools/call", back, other)))
        .containsExactly(TRACE, other);
  }

  @Test
  void aSessionsTraceIsTheSameInEachRoundOfQuestions() {
    var session = Talk.initialize(two.a());
    var params = tool("params_ask").put("_meta", TRACE);
    var stream = Talk.legacy(two.a(), session, 1, "tools/call", params);
    Talk.answer(two.b(), session, stream.message().getString("id"), accepted("Ann"));
    assertThat(seen(stream)).containsExactly(TRACE, TRACE);
  }

  /** What the tool saw of it, first and last. */
  private static List<JsonObject> seen(EventClient client) {
    var seen = new ArrayList<JsonObject>();
    for (var line : Talk.text(client.message()).lines().toList()) {
      var meta = new JsonObject(line).getJsonObject("_meta");
      meta.fieldNames().removeIf(name -> !TRACE.containsKey(name));
      seen.add(meta);
    }
    return seen;
  }
}
