package io.umbel.registry.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.upstream.Upstream.Answer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that speak both eras, and those that only might, for clients of sessions. */
@Timeout(60)
class DualServerTest {

  private static final JsonObject ELICITATION =
      new JsonObject().put("elicitation", new JsonObject().put("form", new JsonObject()));

  private final PlayedServer server = PlayedServer.dual("2025-11-25", new JsonObject());
  private final Visitor visitor = new Visitor();

  @AfterEach
  void close() {
    visitor.close();
    server.close();
  }

  @Test
  void eachClientIsServedInItsOwnEra() {
    assertThat(open(server, Era.SESSION).facts().revision()).isEqualTo("2025-11-25");
    assertThat(open(server, Era.STATELESS).facts().revision()).isEqualTo("2026-07-28");
    assertThat(open(server, Era.SESSION).facts().modern()).isFalse();
    assertThat(server.seen("initialize")).hasSize(2);
    assertThat(server.last("initialize").params().getJsonObject("capabilities"))
        .isEqualTo(ELICITATION);
  }

  @Test
  void whatTheServerAsksInSessionsOnlyIsAsked() {
    var call = new AtomicReference<Turn>();
    server.on("tools/call", turn -> {
      if (turn.seen().headers().contains("Mcp-Session-Id")) {
        call.set(turn);
        turn.stream().event(Turn.request("q", "elicitation/create", new JsonObject()));
      } else {
        turn.error(200, -32603, "It takes a session to ask");
      }
    });
    server.on("answer", turn -> {
      turn.status(202);
      call.get().event(call.get().answer(turn.seen().json().getJsonObject("result"))).end();
    });
    var given = new JsonObject().put("action", "accept");
    var ear = new Ear().answering((method, params) -> Future.succeededFuture(given));
    var params = new JsonObject().put("name", "ask");
    assertThat(visitor.ask(open(server, Era.SESSION), "tools/call", params, ear).await())
        .isEqualTo(new Answer.Result(given));
    assertThat(visitor.ask(open(server, Era.STATELESS), "tools/call", params, ear).await())
        .isInstanceOf(Answer.Refused.class);
  }

  @Test
  void aServerWithoutSessionsIsAskedForOneOnce() {
    try (var modern = PlayedServer.stateless(new JsonObject())) {
      modern.on("initialize", turn -> turn.error(400, -32022, "Unsupported protocol version"));
      assertThat(open(modern, Era.SESSION).facts().modern()).isTrue();
      assertThat(open(modern, Era.SESSION).facts().modern()).isTrue();
      assertThat(modern.seen("initialize")).hasSize(1);
    }
  }

  @Test
  void aServerThatSaysNothingToThatIsNotWaitedForTwice() {
    try (var modern = PlayedServer.stateless(new JsonObject())) {
      modern.on("initialize", turn -> {});
      assertThat(open(modern, Era.SESSION).facts().modern()).isTrue();
      assertThat(open(modern, Era.SESSION).facts().modern()).isTrue();
      assertThat(modern.seen("initialize")).hasSize(1);
    }
  }

  @Test
  void troubleSaysNothingOfSessions() {
    try (var busy = PlayedServer.dual("2025-06-18", new JsonObject())) {
      var opens = busy.act("initialize");
      busy.on("initialize", turn -> turn.status(503));
      assertThat(open(busy, Era.SESSION).facts().modern()).isTrue();
      busy.on("initialize", opens);
      assertThat(open(busy, Era.SESSION).facts().revision()).isEqualTo("2025-06-18");
    }
  }

  @Test
  void aServerOfSessionsAloneIsAskedForNoSecondOne() {
    try (var old = PlayedServer.session("2025-11-25", new JsonObject())) {
      assertThat(open(old, Era.SESSION).facts().modern()).isFalse();
      assertThat(open(old, Era.STATELESS).facts().modern()).isFalse();
      assertThat(old.seen("initialize")).hasSize(2);
    }
  }

  private Upstream open(PlayedServer at, Era wanted) {
    var endpoint = new Endpoint.Http(at.url(), new Credentials.None());
    return visitor.opening("acme", endpoint, ELICITATION, wanted).await();
  }
}
