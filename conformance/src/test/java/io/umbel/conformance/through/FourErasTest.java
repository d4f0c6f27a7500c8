package io.umbel.conformance.through;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each era of client before each kind of server, through a gateway. */
@Timeout(60)
class FourErasTest {

  private static Federation federation;
  private static LegacyFront legacy;

  @BeforeAll
  static void open() {
    federation = new Federation();
    legacy = new LegacyFront(federation.frontVertx(), federation.upstream());
    federation.front(
        Federation.server(
            "modern", new Endpoint.Http(federation.upstream(), new Credentials.None())),
        Federation.server("legacy", new Endpoint.Http(legacy.uri(), new Credentials.None())),
        Federation.server(
            "sse",
            new Endpoint.Sse(
                URI.create(federation.upstream().toString().replace("/mcp", "/sse")),
                new Credentials.None())));
  }

  @AfterAll
  static void close() {
    legacy.close();
    federation.close();
  }

  static Stream<Arguments> pairs() {
    return Stream.of("modern", "legacy", "sse")
        .flatMap(
            server -> Stream.of(Arguments.of("modern", server), Arguments.of("legacy", server)));
  }

  @ParameterizedTest(name = "a {0} client and a {1} server")
  @MethodSource("pairs")
  void everythingIsListedAndAnswersAsAtTheServerItself(String era, String server) {
    var through = client(era, "/servers/" + server, server);
    var direct = client(era, null, server);
    assertThat(through.names("tools/list", "tools", "name"))
        .containsExactlyInAnyOrderElementsOf(direct.names("tools/list", "tools", "name"));
    for (var tool : List.of(
        "test_simple_text",
        "test_image_content",
        "test_embedded_resource",
        "test_multiple_content_types",
        "test_error_handling")) {
      assertThat(bare(through.call(tool, new JsonObject())))
          .as(tool)
          .isEqualTo(bare(direct.call(tool, new JsonObject())));
    }
    var uri = JsonObject.of("uri", "test://template/7/data");
    assertThat(bare(through.request("resources/read", uri)))
        .isEqualTo(bare(direct.request("resources/read", uri)));
    var prompt = JsonObject.of(
        "name", "test_prompt_with_arguments", "arguments", JsonObject.of("arg1", "a", "arg2", "b"));
    assertThat(bare(through.request("prompts/get", prompt)))
        .isEqualTo(bare(direct.request("prompts/get", prompt)));
  }

  @ParameterizedTest(name = "a {0} client and a {1} server")
  @MethodSource("pairs")
  void theUserIsAsked(String era, String server) {
    var client = client(era, "", server);
    var elicited = client.call(server + "_test_elicitation", JsonObject.of("message", "Well?"));
    assertThat(elicited.encode()).contains("User response: action=accept");
    var sampled = client.call(server + "_test_sampling", JsonObject.of("prompt", "ping"));
    assertThat(sampled.encode()).contains("LLM response: pong");
    assertThat(client.asked).containsExactly("elicitation/create", "sampling/createMessage");
  }

  @ParameterizedTest(name = "a {0} client and a {1} server")
  @MethodSource("pairs")
  void progressAndLogLinesArrive(String era, String server) {
    var client = client(era, "", server);
    client.call(server + "_test_tool_with_progress", new JsonObject());
    client.call(server + "_test_tool_with_logging", new JsonObject());
    assertThat(client.told.stream()
            .filter(each -> each.getString("method").equals("notifications/progress"))
            .map(each -> each.getJsonObject("params").getInteger("progress")))
        .containsExactly(0, 50, 100);
    assertThat(client.told.stream()
            .filter(each -> each.getString("method").equals("notifications/message")))
        .hasSize(3);
  }

  private static Client client(String era, String path, String server) {
    var uri = path == null ? federation.upstream() : federation.endpoint(path);
    var client = era.equals("modern") ? new ModernClient(uri) : new LegacyClient(uri);
    if (path != null) {
      awaitTools(client, path.isEmpty() ? server + "_" : "");
    }
    return client;
  }

  private static void awaitTools(Client client, String prefix) {
    var deadline = System.nanoTime() + 20_000_000_000L;
    while (client.names("tools/list", "tools", "name").stream()
        .noneMatch(name -> name.equals(prefix + "test_elicitation"))) {
      assertThat(System.nanoTime()).as("the server was found").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Without what each gateway says of itself. */
  private static JsonObject bare(JsonObject result) {
    var bare = result.copy();
    bare.remove("_meta");
    bare.remove("id");
    return bare;
  }
}
