package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.umbel.launcher.client.McpClient;
import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the small client speaks, against servers that answer in one way each. */
class McpClientTest {

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void repeatsTheBodyInTheHeadersThatTheRevisionDemands() {
    var heard = new CompletableFuture<MultiMap>();
    var client = clientOf(request -> {
      heard.complete(MultiMap.caseInsensitiveMultiMap().addAll(request.headers()));
      return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    });

    client.call("Grüße", new JsonObject()).await();

    var headers = heard.join();
    assertThat(headers.get("MCP-Protocol-Version")).isEqualTo("2026-07-28");
    assertThat(headers.get("Mcp-Method")).isEqualTo("tools/call");
    assertThat(headers.get("Mcp-Name")).isEqualTo("=?base64?R3LDvMOfZQ==?=");
    assertThat(headers.get("Accept")).isEqualTo("application/json, text/event-stream");
    assertThat(headers.get("Authorization")).isEqualTo("Bearer secret");
  }

  @Test
  void findsItsAnswerAmongTheEventsOfAStream() {
    var client = clientOf(request -> {
      request.response().putHeader("Content-Type", "text/event-stream");
      return """
          : hello

          data: {"jsonrpc":"2.0","method":"notifications/progress"}

          data: {"jsonrpc":"2.0","id":1,"result":{"ok":true}}

          """;
    });

    assertThat(client.call("x", new JsonObject()).await().getBoolean("ok")).isTrue();
  }

  @Test
  void asksForOnePageAfterTheOther() {
    var pages = List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\"}],\"nextCursor\":\"n\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[{\"name\":\"b\"}]}}")
        .iterator();

    assertThat(clientOf(request -> pages.next()).tools().await())
        .extracting(tool -> tool.getString("name"))
        .containsExactly("a", "b");
  }

  @Test
  void tellsAnErrorInTheGatewaysOwnWords() {
    var client = clientOf(
        request ->
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"Unknown tool: x\"}}");

    var refusal = refusal(client);

    assertThat(refusal).hasMessage("Unknown tool: x (-32602)");
    assertThat(refusal.exit()).isEqualTo(Exit.FAILED);
  }

  @Test
  void saysThatWhatIsThereIsNoGateway() {
    var refusal = refusal(clientOf(request -> "<html>"));

    assertThat(refusal).hasMessageContaining("does not speak MCP (HTTP status 200)");
    assertThat(refusal.exit()).isEqualTo(Exit.UNREACHABLE);
  }

  @Test
  void saysThatATokenIsNotTaken() {
    var refusal = refusal(clientOf(request -> {
      request.response().setStatusCode(401);
      return "";
    }));

    assertThat(refusal).hasMessageContaining("does not take this token");
  }

  private static Refusal refusal(McpClient client) {
    return catchThrowableOfType(
        Refusal.class, () -> client.call("x", new JsonObject()).await());
  }

  private McpClient clientOf(Function<HttpServerRequest, String> answer) {
    var server = vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end(answer.apply(request)))
        .listen(0, "127.0.0.1")
        .await();
    var url = URI.create("http://127.0.0.1:" + server.actualPort() + "/mcp");
    return new McpClient(vertx, url, "secret");
  }
}
