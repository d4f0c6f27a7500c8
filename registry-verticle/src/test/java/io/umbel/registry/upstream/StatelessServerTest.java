package io.umbel.registry.upstream;

import static io.umbel.registry.upstream.Visitor.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Question;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers of 2026-07-28. */
@Timeout(60)
class StatelessServerTest {

  private static final String PREFIX = "io.modelcontextprotocol/";

  private final PlayedServer server = PlayedServer.stateless(new JsonObject()
      .put("tools", new JsonObject().put("listChanged", true))
      .put("resources", new JsonObject().put("listChanged", true).put("subscribe", true)));
  private final Visitor visitor = new Visitor();

  @AfterEach
  void close() {
    visitor.close();
    server.close();
  }

  @Test
  void saysOfItselfWhatItIs() {
    var facts = visitor.open(server).facts();
    assertThat(facts.modern()).isTrue();
    assertThat(facts.revision()).isEqualTo("2026-07-28");
    assertThat(facts.capabilities().containsKey("tools")).isTrue();
    assertThat(facts.serverInfo().getString("name")).isEqualTo("played");
    assertThat(facts.instructions()).isEqualTo("Be kind");
  }

  @Test
  void getsWithEachRequestAllThatItHasToKnow() {
    server.on("tools/call", turn -> turn.result(content("hello")));
    var capabilities = new JsonObject().put("roots", new JsonObject());
    var endpoint = new Endpoint.Http(server.url(), new Credentials.None());
    var upstream = visitor.opening(endpoint, capabilities).await();
    var result = visitor.result(upstream, "tools/call", call("Grüß Gott", new JsonObject()));
    assertThat(result).isEqualTo(new JsonObject().put("content", new JsonArray().add("hello")));
    var seen = server.last("tools/call");
    assertThat(seen.headers().get("MCP-Protocol-Version")).isEqualTo("2026-07-28");
    assertThat(seen.headers().get("Mcp-Method")).isEqualTo("tools/call");
    assertThat(seen.headers().get("Mcp-Name")).isEqualTo("=?base64?R3LDvMOfIEdvdHQ=?=");
    assertThat(seen.headers().get("Accept")).isEqualTo("application/json, text/event-stream");
    assertThat(seen.meta().getString(PREFIX + "protocolVersion")).isEqualTo("2026-07-28");
    assertThat(seen.meta().getJsonObject(PREFIX + "clientCapabilities")).isEqualTo(capabilities);
    assertThat(seen.meta().getJsonObject(PREFIX + "clientInfo").getString("name"))
        .isEqualTo("umbel");
  }

  @Test
  void whatTheCallerSaysOfItsCapabilitiesGoesFirst() {
    server.on("tools/call", turn -> turn.result(content("hello")));
    var upstream = visitor.open(server);
    var own = new JsonObject().put("sampling", new JsonObject());
    var meta = new JsonObject().put(PREFIX + "clientCapabilities", own).put("traceparent", "00-1");
    visitor.result(upstream, "tools/call", call("echo", new JsonObject()).put("_meta", meta));
    assertThat(server.last("tools/call").meta().getJsonObject(PREFIX + "clientCapabilities"))
        .isEqualTo(own);
    assertThat(server.last("tools/call").meta().getString("traceparent")).isEqualTo("00-1");
    assertThat(meta.size()).as("what the caller gave is its own").isEqualTo(2);
  }

  @Test
  void membersThatNobodyHereKnowsArriveAsTheyWere() {
    var strange = new JsonObject()
        .put("content", new JsonArray())
        .put("structuredContent", new JsonObject().putNull("nothing").put("more", 1L << 60))
        .put("x-unknown", new JsonObject().put("deep", new JsonArray().addNull().add(0.5)));
    server.on(
        "tools/call",
        turn -> turn.result(strange.copy().put("resultType", "complete").put("ttlMs", 5)));
    var upstream = visitor.open(server);
    assertThat(visitor.result(upstream, "tools/call", call("echo", new JsonObject())))
        .isEqualTo(strange);
  }

  @Test
  void progressAndLogsOfAStreamReachWhoeverAsked() {
    server.on("tools/call", turn -> {
      var token = turn.seen().meta().getValue("progressToken");
      turn.stream().raw(": hello\n\n");
      turn.event(Turn.notification(
          "notifications/progress",
          new JsonObject().put("progressToken", token).put("progress", 1)));
      turn.event(Turn.notification(
          "notifications/progress", new JsonObject().put("progressToken", -7).put("progress", 9)));
      turn.event(log("debug")).event(log("warning"));
      turn.event(turn.answer(content("done"))).end();
    });
    var upstream = visitor.open(server);
    var ear = new Ear();
    var meta = new JsonObject().put("progressToken", "mine").put(PREFIX + "logLevel", "info");
    var params = call("slow", new JsonObject()).put("_meta", meta);
    var answer = visitor.ask(upstream, "tools/call", params, ear).await();
    assertThat(answer).isInstanceOf(Answer.Result.class);
    assertThat(ear.progresses()).containsExactly(new JsonObject().put("progress", 1));
    assertThat(ear.logs())
        .containsExactly(new JsonObject().put("level", "warning").put("data", 1));
    var seen = server.last("tools/call");
    assertThat(seen.meta().getValue("progressToken")).isEqualTo(seen.id()).isNotEqualTo("mine");
    assertThat(seen.meta().getString(PREFIX + "logLevel")).isEqualTo("info");
  }

  @Test
  void twoCallersWithTheSameTokenHearOfTheirOwnCallsOnly() {
    server.on("tools/call", turn -> {
      var token = turn.seen().meta().getValue("progressToken");
      var params = new JsonObject()
          .put("progressToken", token)
          .put("progress", turn.seen().params().getJsonObject("arguments").getInteger("n"));
      turn.stream().event(Turn.notification("notifications/progress", params));
      turn.event(turn.answer(content("done"))).end();
    });
    var upstream = visitor.open(server);
    var one = new Ear();
    var other = new Ear();
    var meta = new JsonObject().put("progressToken", "same");
    var first = visitor.ask(
        upstream, "tools/call", call("a", new JsonObject().put("n", 1)).put("_meta", meta), one);
    var second = visitor.ask(
        upstream, "tools/call", call("a", new JsonObject().put("n", 2)).put("_meta", meta), other);
    first.await();
    second.await();
    assertThat(one.progresses()).containsExactly(new JsonObject().put("progress", 1));
    assertThat(other.progresses()).containsExactly(new JsonObject().put("progress", 2));
  }

  @Test
  void whatItNeedsFirstComesBackAsItIs() {
    var needed = new JsonObject()
        .put("inputRequests", new JsonObject().put("name", new JsonObject().put("method", "x")))
        .put("requestState", "s:1");
    server.on("tools/call", turn -> turn.result(needed.copy().put("resultType", "input_required")));
    var upstream = visitor.open(server);
    var answer = visitor
        .ask(upstream, "tools/call", call("ask", new JsonObject()), new Ear())
        .await();
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.InputRequired.class,
            input -> assertThat(input.json().toJsonObject()).isEqualTo(needed));
  }

  @Test
  void aResultOfATypeThatNobodyKnowsIsNone() {
    server.on("tools/call", turn -> turn.result(new JsonObject().put("resultType", "riddle")));
    var upstream = visitor.open(server);
    assertThatThrownBy(() -> visitor.result(upstream, "tools/call", call("ask", new JsonObject())))
        .isInstanceOfSatisfying(
            UpstreamFailure.class, why -> assertThat(why.reason()).isEqualTo(Reason.GARBAGE))
        .hasMessage("The server answered with a result of type riddle, which Umbel does not know");
  }

  @Test
  void itsErrorsAreItsOwn() {
    server.on(
        "tools/call",
        turn -> turn.json(400, turn.error(-32021, "Needs sampling").copy().put("x", 1)));
    server.on("prompts/get", turn -> turn.error(200, -32602, "Unknown prompt"));
    var upstream = visitor.open(server);
    assertThat(visitor
            .ask(upstream, "tools/call", call("a", new JsonObject()), new Ear())
            .await())
        .isEqualTo(new Answer.Refused(-32021, "Needs sampling", null));
    assertThat(visitor
            .ask(upstream, "prompts/get", call("a", new JsonObject()), new Ear())
            .await())
        .isEqualTo(new Answer.Refused(-32602, "Unknown prompt", null));
    assertThat(visitor.ask(upstream, "no/such", new JsonObject(), new Ear()).await())
        .isEqualTo(new Answer.Refused(-32601, "Method not found", null));
  }

  @Test
  void argumentsThatItWantsInHeadersAreThere() {
    server.on("tools/list", turn -> turn.result(tools()));
    server.on("tools/call", turn -> turn.result(content("ok")));
    var upstream = visitor.open(server);
    var listed = visitor.result(upstream, "tools/list", new JsonObject());
    assertThat(listed.getJsonArray("tools").size())
        .as("the invalid one is left out")
        .isEqualTo(1);
    var arguments = new JsonObject()
        .put("region", " Köln")
        .put("level", 3)
        .put("flags", new JsonObject().put("dry", true))
        .putNull("unsaid");
    visitor.result(upstream, "tools/call", call("query", arguments));
    var headers = server.last("tools/call").headers();
    assertThat(headers.get("Mcp-Param-Region")).isEqualTo("=?base64?IEvDtmxu?=");
    assertThat(headers.get("Mcp-Param-Level")).isEqualTo("3");
    assertThat(headers.get("Mcp-Param-Dry")).isEqualTo("true");
    assertThat(headers.contains("Mcp-Param-Unsaid")).isFalse();
  }

  @Test
  void headersThatWereNotKnownAreLookedUpAndTheCallIsMadeAgain() {
    server.on("tools/list", turn -> turn.result(tools()));
    server.on("tools/call", turn -> {
      if (turn.seen().headers().contains("Mcp-Param-Region")) {
        turn.result(content("ok"));
      } else {
        turn.error(400, -32020, "Mcp-Param-Region is missing");
      }
    });
    var upstream = visitor.open(server);
    var params = call("query", new JsonObject().put("region", "eu"));
    assertThat(visitor.result(upstream, "tools/call", params)).isNotNull();
    assertThat(server.seen("tools/call")).hasSize(2);
    visitor.result(upstream, "tools/call", params);
    assertThat(server.seen("tools/call")).hasSize(3);
  }

  @Test
  void aServerThatTakesNoHeadersAtAllIsAskedTwiceAndNoMore() {
    server.on("tools/list", turn -> turn.result(tools()));
    server.on("tools/call", turn -> turn.error(400, -32020, "No"));
    var upstream = visitor.open(server);
    assertThatThrownBy(
            () -> visitor.result(upstream, "tools/call", call("query", new JsonObject())))
        .hasMessage("The server does not accept how Umbel speaks: No");
    assertThat(server.seen("tools/call")).hasSize(2);
  }

  @Test
  void aCallThatNobodyWaitsForIsHungUpOn() {
    var closed = new AtomicInteger();
    server.on("tools/call", turn -> {
      turn.response().closeHandler(gone -> closed.incrementAndGet());
      turn.stream();
    });
    var upstream = visitor.open(server);
    var ear = new Ear();
    var answer = visitor.ask(upstream, "tools/call", call("slow", new JsonObject()), ear);
    until(() -> server.seen("tools/call").size() == 1);
    ear.cancel();
    assertThatThrownBy(answer::await)
        .isInstanceOfSatisfying(
            UpstreamFailure.class, why -> assertThat(why.reason()).isEqualTo(Reason.CANCELLED))
        .hasMessage("Nobody waits for the answer any longer");
    until(() -> closed.get() == 1);
    assertThat(server.seen("notifications/cancelled")).isEmpty();
  }

  @Test
  void aServerThatDoesNotAnswerIsWaitedForNoLongerThanAgreed() {
    server.on("tools/call", turn -> {});
    var upstream = visitor.open(server);
    var question =
        new Question("tools/call", call("slow", new JsonObject()), Duration.ofMillis(100), false);
    assertThatThrownBy(() -> visitor.ask(upstream, question, new Ear()).await())
        .isInstanceOfSatisfying(UpstreamFailure.class, why -> {
          assertThat(why.reason()).isEqualTo(Reason.TIMEOUT);
          assertThat(why.delivered()).isTrue();
        })
        .hasMessage("The server did not answer in time");
  }

  @Test
  void aStreamThatEndsWithoutAnAnswerIsSaidToHave() {
    server.on("tools/call", turn -> turn.stream().end());
    var upstream = visitor.open(server);
    assertThatThrownBy(() -> visitor.result(upstream, "tools/call", call("a", new JsonObject())))
        .isInstanceOfSatisfying(UpstreamFailure.class, why -> {
          assertThat(why.reason()).isEqualTo(Reason.UNREACHABLE);
          assertThat(why.delivered()).isTrue();
        })
        .hasMessage("The server ended its stream before the answer");
    assertThat(server.seen("tools/call")).hasSize(1);
  }

  @Test
  void noticesComeOnAStreamThatIsOpenedAgainWhenItEnds() {
    var streams = new AtomicReference<Turn>();
    server.on("subscriptions/listen", turn -> {
      acknowledge(turn);
      streams.set(turn);
    });
    var upstream = visitor.open(server);
    var ear = new Ear();
    visitor
        .on(() -> {
          upstream.listen(ear);
          return io.vertx.core.Future.succeededFuture();
        })
        .await();
    until(() -> streams.get() != null);
    assertThat(server.last("subscriptions/listen").params().getJsonObject("notifications"))
        .isEqualTo(
            new JsonObject().put("toolsListChanged", true).put("resourcesListChanged", true));
    var first = streams.get();
    first.event(Turn.notification("notifications/tools/list_changed", new JsonObject()));
    until(() -> ear.notices().equals(java.util.List.of("tools")));
    first.end();
    until(() -> server.seen("subscriptions/listen").size() == 2);
    until(() -> ear.notices().equals(java.util.List.of("tools", "tools", "resources")));
    assertThat(ear.lost()).isNull();
  }

  @Test
  void whatIsWatchedIsSaidOnANewStreamBeforeTheOldOneIsClosed() {
    var closed = new AtomicInteger();
    var streams = new AtomicReference<Turn>();
    server.on("subscriptions/listen", turn -> {
      turn.response().closeHandler(gone -> closed.incrementAndGet());
      acknowledge(turn);
      streams.set(turn);
    });
    var upstream = visitor.open(server);
    var ear = new Ear();
    visitor
        .on(() -> {
          upstream.listen(ear);
          return upstream.watch("file:///a", true);
        })
        .await();
    until(() -> closed.get() == 1);
    assertThat(server
            .last("subscriptions/listen")
            .params()
            .getJsonObject("notifications")
            .getJsonArray("resourceSubscriptions"))
        .isEqualTo(new JsonArray().add("file:///a"));
    streams
        .get()
        .event(Turn.notification(
            "notifications/resources/updated", new JsonObject().put("uri", "file:///a")));
    until(() -> ear.notices().contains("file:///a"));
    visitor.on(() -> upstream.close()).await();
    until(() -> closed.get() == 2);
  }

  private static void acknowledge(Turn turn) {
    var params = new JsonObject()
        .put("notifications", turn.seen().params().getJsonObject("notifications"))
        .put(
            "_meta", new JsonObject().put(PREFIX + "subscriptionId", turn.seen().id()));
    turn.stream().event(Turn.notification("notifications/subscriptions/acknowledged", params));
  }

  private static JsonObject log(String level) {
    return Turn.notification(
        "notifications/message", new JsonObject().put("level", level).put("data", 1));
  }

  private static JsonObject call(String name, JsonObject arguments) {
    return new JsonObject().put("name", name).put("arguments", arguments);
  }

  private static JsonObject content(String text) {
    return new JsonObject().put("resultType", "complete").put("content", new JsonArray().add(text));
  }

  private static JsonObject tools() {
    var flags = new JsonObject()
        .put("type", "object")
        .put("properties", new JsonObject().put("dry", annotated("boolean", "Dry")));
    var properties = new JsonObject()
        .put("region", annotated("string", "Region"))
        .put("level", annotated("integer", "Level"))
        .put("unsaid", annotated("string", "Unsaid"))
        .put("flags", flags);
    var bad = new JsonObject().put("x", annotated("number", "X"));
    return new JsonObject()
        .put("resultType", "complete")
        .put("tools", new JsonArray().add(tool("query", properties)).add(tool("bad", bad)));
  }

  private static JsonObject tool(String name, JsonObject properties) {
    var schema = new JsonObject().put("type", "object").put("properties", properties);
    return new JsonObject().put("name", name).put("inputSchema", schema);
  }

  private static JsonObject annotated(String type, String header) {
    return new JsonObject().put("type", type).put("x-mcp-header", header);
  }
}
