package io.umbel.gateway;

import static io.umbel.gateway.Talk.accepted;
import static io.umbel.gateway.Talk.again;
import static io.umbel.gateway.Talk.text;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many at once, and many who never come back: nothing of them is left at either gateway, no stream,
 * no handler on the bus, no timer.
 */
class NothingLeftTest {

  private static final int CALLS = 10_000;
  private static final int AT_ONCE = 100;
  private static final int STREAMS = 500;
  private static final int PARKED = 200;

  private static Census census;
  private static TwoGateways two;
  private static Vertx clients;
  private static Context context;
  private static HttpClient http;
  private static Census.Held before;

  @BeforeAll
  static void start() {
    census = new Census();
    two = new TwoGateways(census.vertx());
    clients = Vertx.vertx();
    context = clients.getOrCreateContext();
    http = clients.createHttpClient(new PoolOptions().setHttp1MaxSize(AT_ONCE / 2));
    TwoGateways.until(() -> census.held().equals(before()));
  }

  /** What is held by gateways that nobody uses; the start of both is over when it stays so. */
  private static Census.Held before() {
    Talk.modern(two.a(), 1, "tools/call", tool("count")).message();
    before = census.held();
    return before;
  }

  @AfterAll
  static void stop() {
    clients.close().await();
    two.close();
  }

  @Test
  void shortCallsLeaveNothing() {
    var session = Talk.initialize(two.a());
    for (int round = 0; round < CALLS / AT_ONCE; round++) {
      var first = round * AT_ONCE;
      var calls = IntStream.range(first, first + AT_ONCE).mapToObj(id -> call(session, id));
      for (var answer : Future.join(calls.toList()).await().<Buffer>list()) {
        assertThat(answer.toString()).contains("\"result\":");
      }
    }
    awaitNothingLeft();
  }

  @Test
  void streamsThatTheirClientsAbandonLeaveNothing() {
    var session = Talk.initialize(two.a());
    var streams = new ArrayList<EventClient>();
    for (int i = 0; i < STREAMS / 5; i++) {
      var port = i % 2 == 0 ? two.a() : two.b();
      streams.add(listening(port, i));
      streams.add(Talk.listen(port, session, null));
      streams.add(new EventClient(Talk.to(port, "/sse").GET().build()));
      streams.add(
          Talk.modern(port, i, "tools/call", tool("hold"), JsonObject.of("progressToken", i)));
      streams.add(listening(port, "x" + i));
    }
    for (var stream : streams) {
      assertThat(stream.status()).isEqualTo(200);
    }
    assertThat(census.held().responses()).isEqualTo(before.responses() + STREAMS);
    streams.forEach(EventClient::close);
    awaitNothingLeft();
  }

  @Test
  void allWhoAreAskedAtOnceAreAnswered() {
    var session = Talk.initialize(two.a());
    var states = new ArrayList<String>();
    var streams = new ArrayList<EventClient>();
    for (int i = 0; i < PARKED; i++) {
      streams.add(Talk.legacy(two.a(), session, i, "tools/call", tool("ask")));
      states.add(Talk.modern(two.a(), i, "tools/call", tool("ask"))
          .message()
          .getJsonObject("result")
          .getString("requestState"));
    }
    for (int i = 0; i < PARKED; i++) {
      var name = "N" + i;
      var question = streams.get(i).message().getString("id");
      assertThat(Talk.answer(two.b(), session, question, accepted(name))).isEqualTo(202);
      assertThat(text(streams.get(i).message())).isEqualTo("{\"name\":\"" + name + "\"}");
      var back = again(tool("ask"), states.get(i), Map.of("name", accepted(name)));
      assertThat(text(Talk.modern(two.b(), i, "tools/call", back).message()))
          .isEqualTo("{\"name\":\"" + name + "\"}");
    }
    awaitNothingLeft();
  }

  private static EventClient listening(int port, Object id) {
    var wanted = JsonObject.of(
        "toolsListChanged", true, "resourceSubscriptions", JsonArray.of(TalkingTools.WATCHED));
    return Talk.modern(port, id, "subscriptions/listen", JsonObject.of("notifications", wanted));
  }

  /** A plain answer of the stateless era, or a stream of log lines and an answer of the other. */
  private static Future<Buffer> call(String session, int id) {
    var options = new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost("127.0.0.1")
        .setPort(id % 4 < 2 ? two.a() : two.b())
        .setURI("/mcp")
        .putHeader("Content-Type", "application/json")
        .putHeader("Accept", "application/json, text/event-stream");
    if (id % 2 == 0) {
      options
          .putHeader("MCP-Protocol-Version", "2026-07-28")
          .putHeader("Mcp-Method", "tools/call")
          .putHeader("Mcp-Name", "count");
      return send(options, Talk.modernMessage(id, "tools/call", tool("count"), new JsonObject()));
    }
    options.putHeader("Mcp-Session-Id", session);
    return send(options, Talk.message(id, "tools/call", tool("lines")));
  }

  private static Future<Buffer> send(RequestOptions options, JsonObject message) {
    var whole = Promise.<Buffer>promise();
    context.runOnContext(go -> http.request(options)
        .compose(request -> request.send(message.toBuffer()))
        .compose(HttpClientResponse::body)
        .onComplete(whole));
    return whole.future();
  }

  private static void awaitNothingLeft() {
    two.awaitNothingHeld();
    TwoGateways.until(() -> census.held().equals(before));
    assertThat(census.held()).isEqualTo(before);
  }
}
