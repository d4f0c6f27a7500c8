package io.umbel.registry.upstream;

import static io.umbel.registry.upstream.Visitor.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.server.Credentials;
import io.umbel.registry.upstream.Upstream.Question;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.UpstreamSettings.Bounds;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that say too much, the wrong thing, or nothing, and those that are not to be visited. */
@Timeout(60)
class BadServerTest {

  private static final int LARGEST = 64 * 1024;
  private static final Bounds NARROW =
      new Bounds(LARGEST, Duration.ofMillis(400), 3, Duration.ofSeconds(2));

  private final PlayedServer server = PlayedServer.stateless(new JsonObject());
  private final Visitor visitor = new Visitor(NARROW, null);

  @AfterEach
  void close() {
    visitor.close();
    server.close();
  }

  @Test
  void aHundredMegabytesAreNotTaken() {
    var sent = new AtomicLong();
    assertFailure(turn -> {
          turn.response().setChunked(true).putHeader("Content-Type", "application/json");
          flood(turn, sent);
        })
        .satisfies(why -> assertThat(reason(why)).isEqualTo(Reason.TOO_LARGE))
        .hasMessage("The server answered with more than 65536 bytes");
    assertThat(sent.get()).as("what was sent before it was noticed").isLessThan(64L << 20);
  }

  @Test
  void aBodyThatSaysThatItIsTooLargeIsNotEvenBegun() {
    assertFailure(turn -> turn.response()
            .putHeader("Content-Type", "application/json")
            .putHeader("Content-Length", "104857600")
            .write("{"))
        .hasMessage("The server answered with more than 65536 bytes");
  }

  @Test
  void anEventThatNeverEndsIsNotTaken() {
    assertFailure(turn -> {
          turn.stream().raw("data: ");
          flood(turn, new AtomicLong());
        })
        .satisfies(why -> assertThat(reason(why)).isEqualTo(Reason.TOO_LARGE))
        .hasMessage("The server sent an event of more than 65536 bytes");
  }

  @Test
  void anEventOfManyLinesIsNotTakenEither() {
    assertFailure(turn -> {
          turn.stream();
          for (int i = 0; i < 100; i++) {
            turn.raw(("data: " + "x".repeat(1_000) + "\n"));
          }
        })
        .hasMessage("The server sent an event of more than 65536 bytes");
  }

  @Test
  void whatIsNestedTooDeeplyIsNotRead() {
    var deep =
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    assertFailure(turn -> turn.body(200, "application/json", Buffer.buffer(deep)))
        .satisfies(why -> assertThat(reason(why)).isEqualTo(Reason.GARBAGE))
        .hasMessage("The server said something that is no JSON, or nested too deeply");
  }

  @Test
  void garbageIsSaidToBeGarbage() {
    assertFailure(turn -> turn.body(200, "application/json", Buffer.buffer("{oops")))
        .hasMessage("The server said something that is no JSON, or nested too deeply");
    assertFailure(turn -> turn.body(200, "application/json", Buffer.buffer("42")))
        .hasMessage("The server said something that is no JSON-RPC message");
    assertFailure(turn -> turn.body(200, "application/json", Buffer.buffer("{\"a\":1}")))
        .hasMessage("The server said something that is no JSON-RPC message");
    assertFailure(turn -> turn.json(200, turn.answer(null).put("result", 7)))
        .hasMessage("The server answered with neither a result nor an error");
    assertFailure(turn -> turn.json(200, turn.answer(new JsonObject()).put("id", 99)))
        .hasMessage("The server answered something else than what it was asked");
    assertFailure(turn -> turn.body(200, "text/html", Buffer.buffer("<p>Hello")))
        .hasMessage("The server answered with something of type text/html, no MCP");
    assertFailure(turn -> turn.body(418, "text/plain", Buffer.buffer("teapot")))
        .hasMessage("The server answered with HTTP status 418 and no MCP");
    assertFailure(turn -> turn.stream().raw("data: oops\n\n"))
        .hasMessage("The server said something that is no JSON, or nested too deeply");
  }

  @Test
  void troubleOfItsOwnIsSaidToBeThat() {
    assertFailure(turn -> turn.status(502))
        .satisfies(why -> assertThat(reason(why)).isEqualTo(Reason.OVERLOADED))
        .satisfies(why -> assertThat(((UpstreamFailure) why).delivered()).isTrue())
        .hasMessage("The server has trouble of its own (HTTP 502)");
    assertFailure(turn -> turn.header("Retry-After", "7").status(429))
        .satisfies(why -> assertThat(((UpstreamFailure) why).retryAfterMillis()).isEqualTo(7_000))
        .satisfies(why -> assertThat(((UpstreamFailure) why).delivered()).isFalse())
        .hasMessage("The server asks to be left alone for a while (HTTP 429)");
    assertFailure(
            turn -> turn.header("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT").status(503))
        .satisfies(
            why -> assertThat(((UpstreamFailure) why).retryAfterMillis()).isEqualTo(86_400_000))
        .hasMessage("The server asks to be left alone for a while (HTTP 503)");
  }

  @Test
  void aConnectionThatBreaksIsSaidToHave() {
    assertFailure(turn -> turn.response().reset())
        .satisfies(why -> assertThat(reason(why)).isEqualTo(Reason.UNREACHABLE))
        .satisfies(why -> assertThat(((UpstreamFailure) why).delivered()).isTrue())
        .hasMessageContaining("broke before the answer");
    assertFailure(turn -> {
          turn.response().putHeader("Content-Type", "application/json").setChunked(true);
          turn.response().write("{").onSuccess(begun -> turn.response().reset());
        })
        .hasMessage("The connection broke in the middle of the answer");
  }

  @Test
  void progressIsNotWaitedForBeyondTheLongest() {
    server.on("tools/call", turn -> {
      turn.stream();
      server
          .vertx()
          .setPeriodic(
              20,
              tick -> turn.event(Turn.notification(
                  "notifications/progress",
                  new JsonObject().put("progressToken", turn.seen().id()).put("progress", 1))));
    });
    var upstream = visitor.open(server);
    var params = new JsonObject().put("_meta", new JsonObject().put("progressToken", 1));
    var question = new Question("tools/call", params, Duration.ofMillis(150), false);
    var ear = new Ear();
    assertThatThrownBy(() -> visitor.ask(upstream, question, ear).await())
        .hasMessage("The server did not answer in time");
    assertThat(ear.progresses().size()).as("longer than one wait without").isGreaterThan(8);
  }

  @Test
  void moreStreamsThanAreTakenAreNotOpened() {
    server.on("tools/call", Turn::stream);
    var upstream = visitor.open(server);
    for (int i = 0; i < 3; i++) {
      visitor.ask(upstream, "tools/call", new JsonObject(), new Ear());
    }
    until(() -> server.seen("tools/call").size() == 3);
    assertThatThrownBy(() -> visitor.result(upstream, "tools/call", new JsonObject()))
        .isInstanceOfSatisfying(UpstreamFailure.class, why -> {
          assertThat(why.reason()).isEqualTo(Reason.OVERLOADED);
          assertThat(why.delivered()).isFalse();
        })
        .hasMessage("Umbel waits for too many answers of servers");
  }

  @Test
  void whoDoesNotEndAStreamAfterTheAnswerIsHungUpOn() {
    var closed = new AtomicInteger();
    server.on("tools/call", turn -> {
      turn.response().closeHandler(gone -> closed.incrementAndGet());
      turn.stream().event(turn.answer(new JsonObject().put("content", new JsonArray())));
    });
    var upstream = visitor.open(server);
    visitor.result(upstream, "tools/call", new JsonObject());
    until(() -> closed.get() == 1);
  }

  @Test
  void nobodyIsThere() {
    assertThatThrownBy(
            () -> visitor.open(URI.create("http://localhost:1/mcp"), new Credentials.None()))
        .isInstanceOfSatisfying(UpstreamFailure.class, why -> {
          assertThat(why.reason()).isEqualTo(Reason.UNREACHABLE);
          assertThat(why.delivered()).isFalse();
        })
        .hasMessage("No connection to localhost:1");
  }

  @Test
  void whereTheOperatorForbidsNoConnectionIsMade() {
    try (var strict = new Visitor(List.of(), NARROW, null)) {
      assertThatThrownBy(() -> strict.open(server.url(), new Credentials.None()))
          .isInstanceOfSatisfying(
              UpstreamFailure.class, why -> assertThat(reason(why)).isEqualTo(Reason.FORBIDDEN));
    }
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aServerMayMoveWithinItsOrigin() {
    server.on("server/discover", turn -> {
      if (turn.seen().path().equals("/mcp")) {
        turn.header("Location", "/moved").status(307);
      } else {
        turn.result(PlayedServer.discovered(new JsonObject()));
      }
    });
    var upstream = visitor.open(server.url(), new Credentials.Bearer("secret"));
    assertThat(upstream.facts().modern()).isTrue();
    assertThat(server.last("server/discover").path()).isEqualTo("/moved");
    assertThat(server.last("server/discover").headers().get("Authorization"))
        .isEqualTo("Bearer secret");
  }

  @Test
  void aServerMaySendNobodyElsewhere() {
    try (var other = PlayedServer.stateless(new JsonObject())) {
      server.on(
          "server/discover",
          turn -> turn.header("Location", other.url().toString()).status(308));
      assertThatThrownBy(() -> visitor.open(server.url(), new Credentials.Bearer("secret")))
          .isInstanceOfSatisfying(
              UpstreamFailure.class, why -> assertThat(reason(why)).isEqualTo(Reason.FORBIDDEN))
          .hasMessage("The server redirects to another origin, where Umbel does not go");
      assertThat(other.seen()).isEmpty();
    }
  }

  @Test
  void aServerThatSendsInCirclesIsNotFollowed() {
    server.on("server/discover", turn -> turn.header("Location", "/mcp").status(307));
    server.on("initialize", turn -> turn.header("Location", "/mcp").status(307));
    assertThatThrownBy(() -> visitor.open(server))
        .hasMessage("The server redirects again and again");
    assertThat(server.seen("server/discover")).hasSize(4);
  }

  private AbstractThrowableAssert<?, ?> assertFailure(Consumer<Turn> act) {
    server.on("tools/call", act);
    var upstream = visitor.open(server);
    return assertThatThrownBy(() -> visitor.result(upstream, "tools/call", new JsonObject()))
        .isInstanceOf(UpstreamFailure.class);
  }

  private static Reason reason(Throwable why) {
    return ((UpstreamFailure) why).reason();
  }

  /** Up to a hundred megabytes, as fast as they are taken. */
  private static void flood(Turn turn, AtomicLong sent) {
    var piece = Buffer.buffer(new byte[1 << 16]);
    while (sent.get() < 100L << 20 && !turn.response().closed()) {
      sent.addAndGet(piece.length());
      if (turn.response().writeQueueFull()) {
        turn.response().drainHandler(again -> flood(turn, sent));
        return;
      }
      turn.response().write(piece);
    }
  }
}
