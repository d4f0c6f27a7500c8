package io.umbel.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.EventClient;
import io.umbel.gateway.Talk;
import io.umbel.gateway.TwoGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that asks too often is told when to come back, in whatever way it asks. */
class RateLimitTest {

  private static final String TWENTY = "* 20/60s burst 20";

  private LimitedGateway limited = LimitedGateway.alone(TWENTY);

  @AfterEach
  void stop() {
    limited.close();
  }

  @Test
  void ofTwentyOneCallsTwentyPassAndTheLastIsToldWhenToComeBack() {
    var answers = IntStream.range(0, 21).mapToObj(n -> limited.call("add")).toList();
    assertThat(answers.subList(0, 20)).allMatch(answer -> answer.statusCode() == 200);
    var last = answers.get(20);
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Retry-After")).hasValue("3");
    var error = error(last);
    assertThat(error.getInteger("code")).isEqualTo(-32029);
    assertThat(error.getString("message")).isEqualTo("Too many requests: try again in 3 s");
    assertThat(error.getJsonObject("data").getLong("retry_after_ms")).isBetween(1L, 3_000L);
    assertThat(new JsonObject(last.body()).getValue("id")).isEqualTo(1);
    assertThat(limited.counted("mcp_rate_limited_total")).isEqualTo(1);
  }

  @Test
  void itPassesAgainWhenTheTimeHasCome() {
    use("tools/list 1/200ms");
    assertThat(limited.list().statusCode()).isEqualTo(200);
    TwoGateways.until(() -> limited.list().statusCode() == 429);
    TwoGateways.until(() -> limited.list().statusCode() == 200);
    assertThat(limited.counted("mcp_rate_limited_total")).isPositive();
  }

  @Test
  void everyToolAndMethodIsCountedForItself() {
    use("* 1/1h");
    assertThat(limited.call("add").statusCode()).isEqualTo(200);
    assertThat(limited.call("add").statusCode()).isEqualTo(429);
    assertThat(limited.call("refuse").statusCode()).isEqualTo(200);
    assertThat(limited.list().statusCode()).isEqualTo(200);
    assertThat(limited.list().statusCode()).isEqualTo(429);
    var discover = new JsonObject();
    assertThat(limited.gateway().postModern("server/discover", discover).statusCode())
        .isEqualTo(200);
    assertThat(limited.gateway().postModern("server/discover", discover).statusCode())
        .isEqualTo(429);
  }

  @Test
  void madeUpNamesCountAsOne() {
    use("* 2/1h");
    assertThat(limited.call("one").statusCode()).isEqualTo(200);
    assertThat(limited.call("two").statusCode()).isEqualTo(200);
    assertThat(limited.call("three").statusCode()).isEqualTo(429);
    var params = new JsonObject();
    assertThat(limited.gateway().postModern("no/such", params).statusCode()).isEqualTo(404);
    assertThat(limited.gateway().postModern("nor/this", params).statusCode()).isEqualTo(404);
    assertThat(limited.gateway().postModern("nor/that", params).statusCode()).isEqualTo(429);
  }

  @Test
  void clientsBehindATrustedProxyAreCountedForThemselves() {
    use("* 1/1h");
    assertThat(from("198.51.100.1").statusCode()).isEqualTo(200);
    assertThat(from("198.51.100.1").statusCode()).isEqualTo(429);
    assertThat(from("198.51.100.2").statusCode()).isEqualTo(200);
    assertThat(from("6.6.6.6, 198.51.100.2").statusCode()).isEqualTo(429);
  }

  @Test
  void aSessionIsToldInTheSameWay() {
    use("ping 1/1h");
    var session = limited.gateway().initialize("2025-11-25");
    assertThat(ping(session).statusCode()).isEqualTo(200);
    var refused = ping(session);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("3600");
    assertThat(error(refused).getInteger("code")).isEqualTo(-32029);
  }

  @Test
  void inABatchEachRequestIsCountedAndToldForItself() {
    use("ping 2/1h");
    var session = limited.gateway().initialize("2025-03-26");
    var batch = new JsonArray();
    List.of(1, 2, 3).forEach(id -> batch.add(Talk.message(id, "ping", new JsonObject())));
    batch.add(Talk.message(4, "initialize", new JsonObject()));
    var response = limited.gateway().post(batch.encode(), "Mcp-Session-Id", session);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    var answers = new JsonArray(response.body());
    assertThat(answers.getJsonObject(1).getJsonObject("result")).isNotNull();
    assertThat(answers.getJsonObject(2).getInteger("id")).isEqualTo(3);
    assertThat(answers.getJsonObject(2).getJsonObject("error").getInteger("code"))
        .isEqualTo(-32029);
    assertThat(answers.getJsonObject(3).getJsonObject("error").getInteger("code"))
        .isEqualTo(-32600);
  }

  @Test
  void notificationsThatAreTooManyAreRefusedWhereTheyCanBeAndDroppedElsewhere() {
    use("notifications 2/1h", "ping unlimited");
    var session = limited.gateway().initialize("2025-03-26");
    var note = Talk.message(null, "notifications/initialized", new JsonObject());
    assertThat(limited.gateway().post(note.encode(), "Mcp-Session-Id", session).statusCode())
        .isEqualTo(202);
    var batch = JsonArray.of(note, note, Talk.message(1, "ping", new JsonObject()));
    var answers = new JsonArray(
        limited.gateway().post(batch.encode(), "Mcp-Session-Id", session).body());
    assertThat(answers.size()).isEqualTo(1);
    var refused = limited.gateway().post(note.encode(), "Mcp-Session-Id", session);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(new JsonObject(refused.body()).containsKey("id")).isFalse();
    assertThat(limited.counted("mcp_rate_limited_total")).isEqualTo(2);
  }

  @Test
  void onAConnectionOfTheFirstRevisionTheErrorComesOnTheStream() {
    use("ping 1/1h");
    var port = limited.gateway().port();
    var stream = new EventClient(Talk.to(port, "/sse").GET().build());
    var messages = stream.next().data();
    for (var id : List.of(1, 2)) {
      var ping = Talk.message(id, "ping", new JsonObject());
      var posted = new EventClient(Talk.to(port, messages).POST(Talk.body(ping)).build());
      assertThat(posted.status()).isEqualTo(202);
    }
    assertThat(stream.message().getJsonObject("result")).isEqualTo(new JsonObject());
    assertThat(stream.message().getJsonObject("error").getInteger("code")).isEqualTo(-32029);
  }

  @Test
  void somebodyWhoCannotSayWhoTheyAreIsToldToComeBackLater() {
    var rates = new RateLimits(
        limited.gateway().vertx(), RateSettings.NONE, (caller, tool) -> true, metrics());
    for (int attempt = 0; attempt < 60; attempt++) {
      assertThat(rates.mayIdentify("203.0.113.9").succeeded()).isTrue();
      assertThat(rates.takeFailed("203.0.113.9").succeeded()).isTrue();
    }
    assertThat(rates.takeFailed("203.0.113.9").cause()).hasMessageContaining("Too many requests");
    assertThat(rates.mayIdentify("203.0.113.9").failed()).isTrue();
    assertThat(rates.mayIdentify("203.0.113.8").succeeded()).isTrue();
  }

  private static RateMetrics metrics() {
    return new RateMetrics(new io.micrometer.core.instrument.simple.SimpleMeterRegistry());
  }

  private void use(String... rules) {
    limited.close();
    limited = LimitedGateway.alone(rules);
  }

  private HttpResponse<String> from(String address) {
    var body = Talk.modernMessage(1, "tools/list", new JsonObject(), new JsonObject());
    return limited
        .gateway()
        .post(
            body.encode(),
            "MCP-Protocol-Version",
            "2026-07-28",
            "Mcp-Method",
            "tools/list",
            "X-Forwarded-For",
            address);
  }

  private HttpResponse<String> ping(String session) {
    var body = Talk.message(1, "ping", new JsonObject());
    return limited.gateway().post(body.encode(), "Mcp-Session-Id", session);
  }

  private static JsonObject error(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getJsonObject("error");
  }
}
