package io.umbel.registry.upstream;

import static io.umbel.registry.upstream.Visitor.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.UpstreamFailure.NoAnswer;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of 2025-11-25 and earlier, over Streamable HTTP. */
@Timeout(60)
class SessionServerTest {

  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final String SESSION = "Mcp-Session-Id";

  private final PlayedServer server = PlayedServer.session(
      "2025-11-25",
      new JsonObject()
          .put("tools", new JsonObject().put("listChanged", true))
          .put("logging", new JsonObject())
          .put("resources", new JsonObject().put("subscribe", true)));
  private final Visitor visitor = new Visitor();

  @AfterEach
  void close() {
    visitor.close();
    server.close();
  }

  @Test
  void aSessionIsOpenedWhereTheServerKnowsNothingElse() {
    var upstream = visitor.open(server);
    assertThat(upstream.facts().modern()).isFalse();
    assertThat(upstream.facts().revision()).isEqualTo("2025-11-25");
    assertThat(upstream.facts().serverInfo().getString("name")).isEqualTo("played");
    assertThat(upstream.facts().instructions()).isEqualTo("Be kind");
    var opening = server.last("initialize").params();
    assertThat(opening.getString("protocolVersion")).isEqualTo("2025-11-25");
    assertThat(opening.getJsonObject("clientInfo").getString("name")).isEqualTo("umbel");
    var initialized = server.last("notifications/initialized").headers();
    assertThat(initialized.get(SESSION)).isEqualTo("session-1");
    assertThat(initialized.get("MCP-Protocol-Version")).isEqualTo("2025-11-25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"})
  void everyRevisionWithSessionsIsSpoken(String revision) {
    try (var old = PlayedServer.session(revision, new JsonObject())) {
      old.on("ping", turn -> turn.result(new JsonObject()));
      var upstream = visitor.open(old);
      assertThat(upstream.facts().revision()).isEqualTo(revision);
      assertThat(visitor.result(upstream, "ping", null)).isEqualTo(new JsonObject());
    }
  }

  @Test
  void aRevisionThatNobodyKnowsIsNotSpoken() {
    try (var strange = PlayedServer.session("1999-12-31", new JsonObject())) {
      assertThatThrownBy(() -> visitor.open(strange))
          .hasMessage("The server speaks revision 1999-12-31 of MCP, which Umbel does not");
    }
  }

  @Test
  void theEraIsRememberedAndTriedAgainWhenItFails() {
    visitor.open(server);
    visitor.open(server);
    assertThat(server.seen("server/discover")).hasSize(1);
    server.on("initialize", turn -> turn.error(400, -32600, "Now without sessions"));
    server.on("server/discover", turn -> turn.result(PlayedServer.discovered(new JsonObject())));
    assertThat(visitor.open(server).facts().modern()).isTrue();
  }

  @Test
  void whatBelongsToTheOtherEraIsNotSent() {
    server.on("tools/call", turn -> turn.result(content("hello")));
    var upstream = visitor.open(server);
    var meta = new JsonObject()
        .put(PREFIX + "protocolVersion", "2026-07-28")
        .put(PREFIX + "clientCapabilities", new JsonObject())
        .put(PREFIX + "clientInfo", new JsonObject());
    assertThat(visitor.result(upstream, "tools/call", call(meta))).isEqualTo(content("hello"));
    assertThat(server.last("tools/call").params().containsKey("_meta")).isFalse();
    visitor.result(upstream, "tools/call", call(meta.put("traceparent", "00-1")));
    assertThat(server.last("tools/call").meta())
        .isEqualTo(new JsonObject().put("traceparent", "00-1"));
  }

  @Test
  void whatTheServerAsksWhileItIsCalledGoesToWhoeverCalled() {
    var answers = new AtomicReference<JsonObject>();
    var turns = new AtomicReference<Turn>();
    server.on("tools/call", turn -> {
      turns.set(turn);
      var params = new JsonObject().put("message", "Name?");
      turn.stream().event(Turn.request("q-1", "elicitation/create", params));
    });
    server.on("answer", turn -> {
      answers.set(turn.seen().json());
      turn.status(202);
      turns.get().event(turns.get().answer(content("thanks"))).end();
    });
    var upstream = visitor.open(server);
    var given = new JsonObject().put("action", "accept");
    var ear = new Ear().answering((method, params) -> {
      assertThat(params.getString("message")).isEqualTo("Name?");
      return Future.succeededFuture(given);
    });
    var answer = visitor.ask(upstream, "tools/call", call(null), ear).await();
    assertThat(answer).isEqualTo(new Answer.Result(content("thanks")));
    assertThat(ear.questions()).containsExactly("elicitation/create");
    assertThat(answers.get())
        .isEqualTo(new JsonObject().put("jsonrpc", "2.0").put("id", "q-1").put("result", given));
  }

  @Test
  void questionsThatComeOnNoCallsStreamAreHeardWhereOneMayAsk() {
    var own = new AtomicReference<Turn>();
    server.on("GET /mcp", turn -> own.set(turn.stream()));
    server.on("tools/call", turn -> {
      own.get().event(Turn.request("q", "elicitation/create", new JsonObject()));
      server.on("answer", back -> {
        back.status(202);
        turn.result(back.seen().json().getJsonObject("result"));
      });
    });
    var asking = new JsonObject().put("elicitation", new JsonObject());
    var endpoint = new Endpoint.Http(server.url(), new Credentials.None());
    var upstream = visitor.opening(endpoint, asking).await();
    var given = new JsonObject().put("action", "decline");
    var ear = new Ear().answering((method, params) -> Future.succeededFuture(given));
    assertThat(visitor.ask(upstream, "tools/call", call(null), ear).await())
        .isEqualTo(new Answer.Result(given));
  }

  @Test
  void questionsOfSeveralCallsAtOnceGoToTheRightOnes() {
    var calls = new ConcurrentHashMap<Object, Turn>();
    server.on("tools/call", turn -> {
      var name = turn.seen().params().getString("name");
      calls.put(name, turn.stream());
      if (calls.size() == 3) {
        calls.forEach((of, call) ->
            call.event(Turn.request(of, "roots/list", new JsonObject().put("of", of))));
      }
    });
    server.on("answer", turn -> {
      turn.status(202);
      var call = calls.get(turn.seen().id());
      call.event(call.answer(turn.seen().json().getJsonObject("result"))).end();
    });
    var upstream = visitor.open(server);
    var echo = new Ear().answering((method, params) -> Future.succeededFuture(params));
    var all = List.of("a", "b", "c").stream()
        .map(of -> visitor.ask(upstream, "tools/call", new JsonObject().put("name", of), echo))
        .toList();
    for (int i = 0; i < 3; i++) {
      assertThat(all.get(i).await())
          .isEqualTo(new Answer.Result(new JsonObject().put("of", "abc".substring(i, i + 1))));
    }
    assertThat(visitor.crossings()).isZero();
  }

  @Test
  void aQuestionThatNobodyAnswersIsRefusedAsWhoeverCalledSays() {
    server.on(
        "tools/call",
        turn -> turn.stream()
            .event(Turn.request(1, "elicitation/create", new JsonObject()))
            .event(Turn.request(2, "sampling/other", new JsonObject()))
            .event(Turn.request(3, "ping", null))
            .event(turn.answer(content("well")))
            .end());
    var upstream = visitor.open(server);
    var ear = new Ear()
        .answering((method, params) -> Future.failedFuture(new NoAnswer(-32021, "not declared")));
    visitor.ask(upstream, "tools/call", call(null), ear).await();
    until(() -> server.seen("answer").size() == 3);
    assertThat(error(1))
        .isEqualTo(new JsonObject().put("code", -32021).put("message", "not declared"));
    assertThat(error(2))
        .isEqualTo(
            new JsonObject().put("code", -32601).put("message", "Umbel answers no sampling/other"));
    assertThat(error(3)).as("a ping is answered by itself").isNull();
  }

  @Test
  void aQuestionThatBelongsToNobodyIsRefused() {
    server.on(
        "GET /mcp", turn -> turn.stream().event(Turn.request(5, "roots/list", new JsonObject())));
    var upstream = visitor.open(server);
    listen(upstream, new Ear());
    until(() -> server.seen("answer").size() == 1);
    assertThat(error(5).getString("message"))
        .isEqualTo("Umbel has nobody to ask: no call is in flight");
    assertThat(visitor.crossings()).isZero();
  }

  @Test
  void whereTheServerDoesNotSayWhichCallItMeansItsCallsGoOneAtATime() {
    var own = new AtomicReference<Turn>();
    var calls = new java.util.concurrent.CopyOnWriteArrayList<Turn>();
    server.on("GET /mcp", turn -> own.set(turn.stream()));
    server.on("tools/call", turn -> calls.add(turn.stream()));
    var upstream = visitor.open(server);
    listen(upstream, new Ear());
    var first = visitor.ask(upstream, "tools/call", call(null), new Ear());
    var second = visitor.ask(upstream, "tools/call", call(null), new Ear());
    until(() -> calls.size() == 2 && own.get() != null);
    own.get().event(Turn.request(6, "elicitation/create", new JsonObject()));
    until(() -> visitor.crossings() == 1);
    until(() -> server.seen("answer").size() == 1);
    assertThat(error(6))
        .isEqualTo(new JsonObject()
            .put("code", -32603)
            .put("message", "Umbel cannot tell which of several calls in flight this is about"));
    calls.forEach(turn -> turn.event(turn.answer(content("a"))).end());
    first.await();
    second.await();
    var ear = new Ear().answering((method, params) -> Future.succeededFuture(new JsonObject()));
    var third = visitor.ask(upstream, "tools/call", call(null), ear);
    var fourth = visitor.ask(upstream, "tools/call", call(null), new Ear());
    until(() -> calls.size() == 3);
    own.get().event(Turn.request(7, "elicitation/create", new JsonObject()));
    until(() -> server.seen("answer").size() == 2);
    assertThat(ear.questions()).containsExactly("elicitation/create");
    assertThat(calls).hasSize(3);
    calls.get(2).event(calls.get(2).answer(content("b"))).end();
    third.await();
    until(() -> calls.size() == 4);
    calls.get(3).event(calls.get(3).answer(content("c"))).end();
    fourth.await();
  }

  @Test
  void whoIsNoLongerWaitedForIsTold() {
    server.on("tools/call", Turn::stream);
    var upstream = visitor.open(server);
    var ear = new Ear();
    var answer = visitor.ask(upstream, "tools/call", call(null), ear);
    until(() -> server.seen("tools/call").size() == 1);
    ear.cancel();
    assertThatThrownBy(answer::await).hasMessage("Nobody waits for the answer any longer");
    until(() -> server.seen("notifications/cancelled").size() == 1);
    assertThat(server.last("notifications/cancelled").params().getValue("requestId"))
        .isEqualTo(server.last("tools/call").id());
  }

  @Test
  void aSessionThatTheServerForgotIsOpenedAgainAndTheCallMadeThere() {
    server.on("tools/call", turn -> {
      if ("session-1".equals(turn.seen().headers().get(SESSION))) {
        turn.status(404);
      } else {
        turn.result(content("here again"));
      }
    });
    var upstream = visitor.open(server);
    assertThat(visitor.result(upstream, "tools/call", call(null))).isEqualTo(content("here again"));
    assertThat(server.seen("initialize")).hasSize(2);
    assertThat(server.last("initialize").headers().contains(SESSION)).isFalse();
  }

  @Test
  void servers400ThatSpeaksOfTheSessionMeansTheSame() {
    server.on("tools/call", turn -> {
      if ("session-1".equals(turn.seen().headers().get(SESSION))) {
        turn.error(400, -32000, "Bad Request: No valid session ID provided");
      } else {
        turn.result(content("here again"));
      }
    });
    var upstream = visitor.open(server);
    assertThat(visitor.result(upstream, "tools/call", call(null))).isEqualTo(content("here again"));
  }

  @Test
  void manyWhoFindTheSessionGoneOpenItOnce() {
    server.on("tools/call", turn -> {
      if ("session-1".equals(turn.seen().headers().get(SESSION))) {
        turn.status(404);
      } else {
        turn.result(content("here again"));
      }
    });
    var upstream = visitor.open(server);
    var all = java.util.stream.IntStream.range(0, 20)
        .mapToObj(i -> visitor.ask(upstream, "tools/call", call(null), new Ear()))
        .toList();
    all.forEach(one -> assertThat(one.await()).isInstanceOf(Answer.Result.class));
    assertThat(server.seen("initialize")).hasSize(2);
  }

  @Test
  void aSessionThatIsForgottenAgainAndAgainIsGivenUp() {
    server.on("tools/call", turn -> turn.status(404));
    var upstream = visitor.open(server);
    assertThatThrownBy(() -> visitor.result(upstream, "tools/call", call(null)))
        .isInstanceOfSatisfying(UpstreamFailure.class, why -> {
          assertThat(why.reason()).isEqualTo(Reason.UNREACHABLE);
          assertThat(why.delivered()).isFalse();
        })
        .hasMessage("The server forgot its session again at once");
    assertThat(server.seen("initialize")).hasSize(2);
  }

  @Test
  void aSessionThatIsOpenedAgainWatchesWhatTheOneBeforeDid() {
    server.on("resources/subscribe", turn -> turn.result(new JsonObject()));
    server.on("resources/unsubscribe", turn -> turn.result(new JsonObject()));
    server.on("ping", turn -> {
      if ("session-1".equals(turn.seen().headers().get(SESSION))) {
        turn.status(404);
      } else {
        turn.result(new JsonObject());
      }
    });
    var upstream = visitor.open(server);
    var ear = new Ear();
    listen(upstream, ear);
    visitor.on(() -> upstream.watch("file:///a", true)).await();
    visitor.on(() -> upstream.watch("file:///a", true)).await();
    assertThat(server.seen("resources/subscribe")).hasSize(1);
    visitor.result(upstream, "ping", null);
    until(() -> server.seen("resources/subscribe").size() == 2);
    assertThat(ear.notices()).contains("tools", "resources", "file:///a");
    visitor.on(() -> upstream.watch("file:///a", false)).await();
    assertThat(server.last("resources/unsubscribe").params().getString("uri"))
        .isEqualTo("file:///a");
  }

  @Test
  void linesOfTheLogAreTurnedOnOnceAndSiftedHere() {
    server.on("logging/setLevel", turn -> turn.result(new JsonObject()));
    server.on(
        "tools/call",
        turn -> turn.stream()
            .event(log("info"))
            .event(log("error"))
            .event(turn.answer(content("done")))
            .end());
    var upstream = visitor.open(server);
    var silent = new Ear();
    visitor.ask(upstream, "tools/call", call(null), silent).await();
    assertThat(server.seen("logging/setLevel")).isEmpty();
    assertThat(silent.logs()).isEmpty();
    var meta = new JsonObject().put(PREFIX + "logLevel", "warning");
    var wanting = new Ear();
    visitor.ask(upstream, "tools/call", call(meta), wanting).await();
    visitor.ask(upstream, "tools/call", call(meta), wanting).await();
    assertThat(server.seen("logging/setLevel")).hasSize(1);
    assertThat(server.last("logging/setLevel").params().getString("level")).isEqualTo("debug");
    assertThat(wanting.logs())
        .hasSize(2)
        .allMatch(line -> line.getString("level").equals("error"));
  }

  @Test
  void aStreamThatBreaksIsGoneOnWithAfterItsLastEvent() {
    var asked = new AtomicReference<Turn>();
    server.on("tools/call", turn -> {
      asked.set(turn);
      turn.stream().raw("retry: 20\n\n").event("e-1", null).end();
    });
    server.on("GET /mcp", turn -> {
      if ("e-1".equals(turn.seen().headers().get("Last-Event-ID"))) {
        turn.stream().event("e-2", null).end();
      } else {
        turn.stream().event("e-3", asked.get().answer(content("at last"))).end();
      }
    });
    var upstream = visitor.open(server);
    assertThat(visitor.result(upstream, "tools/call", call(null))).isEqualTo(content("at last"));
    assertThat(server.seen("tools/call")).hasSize(1);
    var after = server.seen("GET /mcp").stream()
        .map(one -> one.headers().get("Last-Event-ID"))
        .toList();
    assertThat(after).containsExactly("e-1", "e-2");
  }

  @Test
  void aStreamThatGetsNowhereIsGivenUp() {
    server.on(
        "tools/call",
        turn -> turn.stream().raw("retry: 1\n\n").event("e-1", null).end());
    server.on("GET /mcp", turn -> turn.stream().end());
    var upstream = visitor.open(server);
    assertThatThrownBy(() -> visitor.result(upstream, "tools/call", call(null)))
        .hasMessage("The server ended its stream before the answer");
    assertThat(server.seen("GET /mcp")).hasSize(5);
  }

  @Test
  void whatTheServerSaysOfItsOwnAccordIsHeardAfterAStreamBroke() {
    var streams = new AtomicInteger();
    server.on("GET /mcp", turn -> {
      turn.stream().raw("retry: 1\n\n");
      var changed = Turn.notification("notifications/tools/list_changed", null);
      turn.event("n-" + streams.incrementAndGet(), changed);
      if (streams.get() == 1) {
        turn.end();
      }
    });
    var upstream = visitor.open(server);
    var ear = new Ear();
    listen(upstream, ear);
    until(() -> ear.notices().size() == 2);
    assertThat(server.last("GET /mcp").headers().get("Last-Event-ID")).isEqualTo("n-1");
    assertThat(server.last("GET /mcp").headers().get(SESSION)).isEqualTo("session-1");
  }

  @Test
  void aServerWithoutSuchAStreamIsNotAskedForItAgain() {
    server.on("ping", turn -> turn.result(new JsonObject()));
    var upstream = visitor.open(server);
    listen(upstream, new Ear());
    until(() -> server.seen("GET /mcp").size() == 1);
    visitor.result(upstream, "ping", null);
    assertThat(server.seen("GET /mcp")).hasSize(1);
  }

  @Test
  void aSessionIsGivenBackWhenItsCallsAreDone() {
    var held = new AtomicReference<Turn>();
    server.on("tools/call", held::set);
    server.on("DELETE /mcp", turn -> turn.status(200));
    var upstream = visitor.open(server);
    var answer = visitor.ask(upstream, "tools/call", call(null), new Ear());
    until(() -> held.get() != null);
    var closed = visitor.on(upstream::close);
    assertThatThrownBy(() -> visitor.result(upstream, "ping", null))
        .hasMessage("The connection is closed");
    assertThat(server.seen("DELETE /mcp")).isEmpty();
    held.get().result(content("just in time"));
    assertThat(answer.await()).isEqualTo(new Answer.Result(content("just in time")));
    closed.await();
    assertThat(server.last("DELETE /mcp").headers().get(SESSION)).isEqualTo("session-1");
  }

  @Test
  void messagesMayComeSeveralAtOnce() {
    server.on("tools/call", turn -> {
      var progress = Turn.notification(
          "notifications/progress",
          new JsonObject()
              .put("progressToken", turn.seen().meta().getValue("progressToken"))
              .put("progress", 1));
      var both = new JsonArray().add(progress).add(turn.answer(content("both")));
      turn.body(200, "application/json", both.toBuffer());
    });
    var upstream = visitor.open(server);
    var ear = new Ear();
    var params = call(new JsonObject().put("progressToken", 1));
    assertThat(visitor.ask(upstream, "tools/call", params, ear).await())
        .isEqualTo(new Answer.Result(content("both")));
    assertThat(ear.progresses()).hasSize(1);
  }

  private void listen(Upstream upstream, Ear ear) {
    visitor
        .on(() -> {
          upstream.listen(ear);
          return Future.succeededFuture();
        })
        .await();
  }

  private JsonObject error(int id) {
    return server.seen("answer").stream()
        .filter(one -> Integer.valueOf(id).equals(one.id()))
        .findFirst()
        .orElseThrow()
        .json()
        .getJsonObject("error");
  }

  private static JsonObject log(String level) {
    return Turn.notification(
        "notifications/message", new JsonObject().put("level", level).put("data", 1));
  }

  private static JsonObject call(JsonObject meta) {
    var params = new JsonObject().put("name", "echo").put("arguments", new JsonObject());
    return meta == null ? params : params.put("_meta", meta.copy());
  }

  private static JsonObject content(String text) {
    return new JsonObject().put("content", new JsonArray().add(text));
  }
}
