package io.umbel.registry.upstream;

import static io.umbel.registry.upstream.Visitor.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers of 2024-11-05, over HTTP with server-sent events. */
@Timeout(60)
class EventServerTest {

  private static final Credentials KEY = new Credentials.ApiKey("X-API-Key", "k");

  private final PlayedServer server = new PlayedServer();
  private final Visitor visitor = new Visitor();
  private final AtomicReference<Turn> stream = new AtomicReference<>();

  @BeforeEach
  void play() {
    server.on("GET /sse", turn -> {
      turn.stream().raw("event: endpoint\ndata: /messages?session=1\n\n");
      stream.set(turn);
    });
    answering(
        "initialize",
        turn -> turn.answer(new JsonObject()
            .put("protocolVersion", "2024-11-05")
            .put("capabilities", new JsonObject().put("tools", new JsonObject()))
            .put("serverInfo", new JsonObject().put("name", "old"))));
  }

  @AfterEach
  void close() {
    visitor.close();
    server.close();
  }

  @Test
  void answersComeOnTheStream() {
    answering("tools/call", turn -> turn.answer(content("hello")));
    var upstream = open();
    assertThat(upstream.facts().revision()).isEqualTo("2024-11-05");
    assertThat(visitor.result(upstream, "tools/call", new JsonObject()))
        .isEqualTo(content("hello"));
    assertThat(server.last("tools/call").path()).isEqualTo("/messages");
    assertThat(server.last("tools/call").headers().get("X-API-Key")).isEqualTo("k");
    assertThat(server.last("GET /sse").headers().get("X-API-Key")).isEqualTo("k");
  }

  @Test
  void questionsBelongToTheOnlyCall() {
    server.on("tools/call", turn -> {
      turn.status(202);
      stream.get().event(Turn.request("q", "roots/list", null));
      server.on("answer", back -> {
        back.status(202);
        stream.get().event(turn.answer(back.seen().json().getJsonObject("result")));
      });
    });
    var upstream = open();
    var roots = new JsonObject().put("roots", new JsonArray());
    var ear = new Ear().answering((method, params) -> Future.succeededFuture(roots));
    assertThat(visitor.ask(upstream, "tools/call", new JsonObject(), ear).await())
        .isEqualTo(new Answer.Result(roots));
  }

  @Test
  void aStreamThatEndsIsTheEndOfAllThatWaits() {
    server.on("tools/call", turn -> {
      turn.status(202);
      stream.get().end();
    });
    var upstream = open();
    var ear = new Ear();
    visitor
        .on(() -> {
          upstream.listen(ear);
          return Future.succeededFuture();
        })
        .await();
    assertThatThrownBy(() -> visitor.result(upstream, "tools/call", new JsonObject()))
        .hasMessage("The server ended its stream");
    until(() -> ear.lost() != null);
    assertThat(ear.lost().reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void nothingIsPostedToAnotherOrigin() {
    server.on(
        "GET /sse",
        turn -> turn.stream().raw("event: endpoint\ndata: http://127.0.0.1:1/messages\n\n"));
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UpstreamFailure.class, why -> assertThat(why.reason()).isEqualTo(Reason.FORBIDDEN))
        .hasMessage("The server wants to be spoken with at another origin");
  }

  @Test
  void whatIsNoStreamIsNoSuchServer() {
    server.on("GET /sse", turn -> turn.status(404));
    assertThatThrownBy(this::open)
        .hasMessage("The server answered with HTTP status 404 and no MCP");
  }

  @Test
  void aMessageThatIsNotTakenFailsItsRequest() {
    server.on("tools/call", turn -> turn.status(500));
    var upstream = open();
    assertThatThrownBy(() -> visitor.result(upstream, "tools/call", new JsonObject()))
        .hasMessage("The server has trouble of its own (HTTP 500)");
  }

  @Test
  void itIsTriedWhereStreamableHttpIsNotSpoken() {
    server.on("server/discover", turn -> turn.status(405));
    var initialize = new AtomicReference<Consumer<Turn>>();
    server.on("initialize", turn -> {
      if (turn.seen().path().equals("/sse")) {
        turn.status(405);
      } else {
        initialize.get().accept(turn);
      }
    });
    initialize.set(turn -> {
      turn.status(202);
      var result = new JsonObject().put("protocolVersion", "2024-11-05");
      stream.get().event(turn.answer(result.put("capabilities", new JsonObject())));
    });
    var upstream = visitor.open(server.url("/sse"), new Credentials.None());
    assertThat(upstream.facts().revision()).isEqualTo("2024-11-05");
    visitor.open(server.url("/sse"), new Credentials.None());
    assertThat(server.seen("server/discover")).as("what it is, is remembered").hasSize(1);
  }

  private Upstream open() {
    URI url = server.url("/sse");
    return visitor.opening(new Endpoint.Sse(url, KEY), new JsonObject()).await();
  }

  private void answering(String method, java.util.function.Function<Turn, JsonObject> answer) {
    server.on(method, turn -> {
      turn.status(202);
      stream.get().event(answer.apply(turn));
    });
  }

  private static JsonObject content(String text) {
    return new JsonObject().put("content", new JsonArray().add(text));
  }
}
