package io.umbel.gateway.stdio;

import static io.umbel.gateway.Talk.accepted;
import static io.umbel.gateway.Talk.again;
import static io.umbel.gateway.Talk.text;
import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.Talk;
import io.umbel.gateway.TalkingTools;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes before an answer, over stdin and stdout: the same as over HTTP, as lines. */
class TalkOverStdioTest {

  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  private final Vertx vertx = Vertx.vertx();
  private final TalkingTools tools = new TalkingTools();
  private final PipedOutputStream stdin = new PipedOutputStream();
  private final LinkedBlockingQueue<JsonObject> stdout = new LinkedBlockingQueue<>();
  private StdioVerticle stdio;

  @BeforeEach
  void start() throws IOException {
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, ClusterSecret.random(), Clock.systemUTC(), about).installOn(vertx);
    var out = new PipedOutputStream();
    read(new PipedInputStream(out, 1 << 20));
    vertx.deployVerticle(tools).await();
    var settings = GatewaySettings.defaults().expecting(Set.of("talking"));
    var in = new PipedInputStream(stdin, 1 << 20);
    stdio = new StdioVerticle(settings, new SimpleMeterRegistry(), in, out);
    vertx.deployVerticle(stdio).await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void aStatelessClientIsToldAndAsked() throws Exception {
    var meta = JsonObject.of("progressToken", 1, "io.modelcontextprotocol/logLevel", "alert");
    say(Talk.modernMessage(1, "tools/call", tool("count"), meta));
    counted();
    say(Talk.modernMessage(2, "tools/call", tool("lines"), meta));
    assertThat(next().getJsonObject("params").getString("level")).isEqualTo("alert");
    assertThat(next().getJsonObject("params").getString("level")).isEqualTo("emergency");
    assertThat(text(next())).isEqualTo("logged");
    say(Talk.modernMessage(3, "tools/call", tool("ask"), new JsonObject()));
    var state = next().getJsonObject("result").getString("requestState");
    var back = again(tool("ask"), state, Map.of("name", accepted("Ann")));
    say(Talk.modernMessage(4, "tools/call", back, new JsonObject()));
    assertThat(text(next())).isEqualTo("{\"name\":\"Ann\"}");
  }

  @Test
  void aClientWithASessionIsToldAndAsked() throws Exception {
    initialize();
    var params = tool("count").put("_meta", JsonObject.of("progressToken", 1));
    say(Talk.message(1, "tools/call", params));
    counted();
    say(Talk.message(2, "logging/setLevel", JsonObject.of("level", "emergency")));
    assertThat(next().getInteger("id")).isEqualTo(2);
    say(Talk.message(3, "tools/call", tool("lines")));
    assertThat(next().getJsonObject("params").getString("level")).isEqualTo("emergency");
    assertThat(text(next())).isEqualTo("logged");
    say(Talk.message(4, "tools/call", tool("ask")));
    var question = next();
    assertThat(question.getString("method")).isEqualTo("elicitation/create");
    var answer = JsonObject.of("jsonrpc", "2.0", "id", question.getString("id"));
    say(answer.put("result", accepted("Ann")));
    assertThat(text(next())).isEqualTo("{\"name\":\"Ann\"}");
  }

  @Test
  void aSessionHearsOfWhatChanges() throws Exception {
    initialize();
    say(Talk.message(1, "resources/subscribe", JsonObject.of("uri", TalkingTools.WATCHED)));
    assertThat(next().getInteger("id")).isEqualTo(1);
    say(Talk.message(2, "tools/call", tool("touch")));
    var one = next();
    var other = next();
    var toldFirst = one.containsKey("method");
    assertThat((toldFirst ? one : other).getString("method"))
        .isEqualTo("notifications/resources/updated");
    assertThat(text(toldFirst ? other : one)).isEqualTo("touched");
  }

  @Test
  void whatIsCancelledWhileItAsksIsGivenUpWithoutAnAnswer() throws Exception {
    initialize();
    say(Talk.message("c", "tools/call", tool("ask_patiently")));
    assertThat(next().getString("method")).isEqualTo("elicitation/create");
    var params = JsonObject.of("requestId", "c");
    say(Talk.message(null, "notifications/cancelled", params));
    assertThat(tools.givenUp.poll(10, TimeUnit.SECONDS)).isEqualTo("ask_patiently");
    say(Talk.message("after", "ping", new JsonObject()));
    assertThat(next().getString("id")).isEqualTo("after");
  }

  @Test
  void twoListensAreToldApartAndEndWithStdin() throws Exception {
    listen(1, JsonObject.of("toolsListChanged", true));
    listen("1", JsonObject.of("toolsListChanged", true, "promptsListChanged", true));
    var params = JsonObject.of("requestId", 1);
    say(Talk.message(null, "notifications/cancelled", params));
    say(Talk.modernMessage(
        3,
        "tools/call",
        tool("grow").put("arguments", JsonObject.of("word", "more")),
        new JsonObject()));
    assertThat(text(next())).isEqualTo("grown");
    var changed = next();
    assertThat(changed.getString("method")).isEqualTo("notifications/tools/list_changed");
    assertThat(subscription(changed.getJsonObject("params"))).isEqualTo("1");
    var started = System.nanoTime();
    stdin.close();
    var last = next();
    assertThat(last.getValue("id")).isEqualTo("1");
    assertThat(subscription(last.getJsonObject("result"))).isEqualTo("1");
    assertThat(next())
        .isEqualTo(Talk.message(null, "notifications/cancelled", JsonObject.of("requestId", "1")));
    stdio.ended().await();
    assertThat(System.nanoTime() - started).isLessThan(2_500_000_000L);
  }

  private void listen(Object id, JsonObject wanted) throws Exception {
    var params = JsonObject.of("notifications", wanted);
    say(Talk.modernMessage(id, "subscriptions/listen", params, new JsonObject()));
    var first = next();
    assertThat(first.getString("method")).isEqualTo("notifications/subscriptions/acknowledged");
    assertThat(first.getJsonObject("params").getJsonObject("notifications")).isEqualTo(wanted);
    assertThat(subscription(first.getJsonObject("params"))).isEqualTo(id);
  }

  private static Object subscription(JsonObject holder) {
    return holder.getJsonObject("_meta").getValue(SUBSCRIPTION);
  }

  private void counted() throws InterruptedException {
    for (int step = 1; step <= 3; step++) {
      assertThat(next().getJsonObject("params"))
          .isEqualTo(JsonObject.of("progressToken", 1, "progress", step, "total", 3));
    }
    assertThat(text(next())).isEqualTo("counted");
  }

  private void initialize() throws Exception {
    say(Talk.initializeMessage("2025-11-25", Talk.everything()));
    assertThat(next().getString("id")).isEqualTo("init");
  }

  private void say(JsonObject message) throws IOException {
    stdin.write((message.encode() + "\n").getBytes(StandardCharsets.UTF_8));
    stdin.flush();
  }

  private JsonObject next() throws InterruptedException {
    var message = stdout.poll(10, TimeUnit.SECONDS);
    assertThat(message).as("a line within 10 s").isNotNull();
    return message;
  }

  private void read(PipedInputStream in) {
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    var thread = new Thread(() -> lines.lines().map(JsonObject::new).forEach(stdout::add));
    thread.setUncaughtExceptionHandler((gone, closed) -> {});
    thread.setDaemon(true);
    thread.start();
  }
}
