package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Caller;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.GatewaySettings.Lists;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Pages;
import io.umbel.gateway.catalog.Visibility;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.Sealer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tools/list} in pages of two. */
class ListPagesTest {

  private static final JsonObject NOT_OF_THIS_LIST =
      JsonObject.of("code", -32602, "message", "Invalid params: cursor is not one of this list's");

  private RunningGateway gateway;

  @BeforeEach
  void start() {
    gateway = new RunningGateway(pagesOf(2), new NamedTools("e", "c", "a", "d", "b"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void pagesComeInTheOrderOfNamesAndTheLastOneSaysSo() {
    var first = list(null);
    assertThat(names(first)).containsExactly("a", "b");
    var second = list(first.getString("nextCursor"));
    assertThat(names(second)).containsExactly("c", "d");
    var third = list(second.getString("nextCursor"));
    assertThat(names(third)).containsExactly("e");
    assertThat(third.containsKey("nextCursor")).isFalse();
    assertThat(third.getInteger("ttlMs")).isEqualTo(2000);
    assertThat(third.getString("cacheScope")).isEqualTo("private");
  }

  @Test
  void aListThatFillsItsPagesHasNoEmptyOne() {
    gateway.vertx().deployVerticle(new NamedTools("f")).await();
    var second = list(list(null).getString("nextCursor"));
    var third = list(second.getString("nextCursor"));
    assertThat(names(third)).containsExactly("e", "f");
    assertThat(third.containsKey("nextCursor")).isFalse();
  }

  @Test
  void aSessionSeesTheSamePagesByTheSameCursors() {
    var session = gateway.initialize("2025-11-25");
    var first = gateway.legacy(session, "tools/list", new JsonObject()).getJsonObject("result");
    assertThat(first.fieldNames()).containsExactly("tools", "nextCursor");
    var params = JsonObject.of("cursor", list(null).getString("nextCursor"));
    var second = gateway.legacy(session, "tools/list", params).getJsonObject("result");
    assertThat(names(second)).containsExactly("c", "d");
  }

  @Test
  void aCursorTellsNothingAndIsNeverTheSame() {
    var first = list(null).getString("nextCursor");
    var second = list(null).getString("nextCursor");
    assertThat(first).matches("[A-Za-z0-9_-]{40,400}").isNotEqualTo(second);
    assertThat(first.substring(0, 8)).isNotEqualTo(second.substring(0, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"b\"", "\"MQ==\"", "1", "null", "true", "{}", "[]", "1.5e3"})
  void whatIsNoCursorIsRefused(String cursor) {
    var params = "\"params\":{\"cursor\":" + cursor + ",";
    var body = RunningGateway.modernBody("tools/list", new JsonObject());
    var response = gateway.post(
        body.replace("\"params\":{", params),
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        "tools/list");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(response.body()).getJsonObject("error")).isEqualTo(NOT_OF_THIS_LIST);
  }

  @Test
  void anAlteredCursorIsRefused() {
    var cursor = list(null).getString("nextCursor");
    var middle = cursor.length() / 2;
    var other = cursor.charAt(middle) == 'A' ? "B" : "A";
    refused(cursor.substring(0, middle) + other + cursor.substring(middle + 1));
    refused(cursor.substring(1));
    refused(cursor.substring(0, cursor.length() - 2));
    refused(cursor + cursor);
    refused(gateway.initialize("2025-11-25"));
  }

  @Test
  void aCursorOfPagesOfAnotherSizeIsRefused() {
    var other = new GatewayVerticle(
        pagesOf(3).listeningOn(new Listening("127.0.0.1", 0, "/mcp")), new SimpleMeterRegistry());
    gateway.vertx().deployVerticle(other).await();
    var session = gateway.initialize("2025-11-25");
    var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    try (var connection = new RawConnection(other.port())) {
      connection.send(RawConnection.post(
          body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
          "Host: localhost",
          "Content-Type: application/json",
          "Mcp-Session-Id: " + session));
      var result = new JsonObject(connection.read().body()).getJsonObject("result");
      assertThat(names(result)).containsExactly("a", "b", "c");
      refused(result.getString("nextCursor"));
    }
  }

  @Test
  void aCursorOfAnotherCallerIsRefused() {
    var instance = new Instance("demo", "i", "n", "1.0.0");
    var tools = Stream.of("a", "b", "c")
        .map(name -> new OfferedTool(JsonObject.of("name", name), List.of(), 1_000))
        .toList();
    var catalog = new Catalog(Visibility.ALL);
    catalog.here(new Announcement(instance, Traits.NONE, Offers.ofTools(tools)));
    var window = catalog.everyones();
    var pages = new Pages(new Sealer(RunningGateway.SECRET, "cursor"), 2);
    var ann = new Caller("acme", "ann", null, null, Set.of());
    var bob = new Caller("acme", "bob", null, null, Set.of());
    var cursor =
        pages.page(window, Kind.TOOL, ann, null).json().toJsonObject().getString("nextCursor");
    assertThat(names(pages.page(window, Kind.TOOL, ann, cursor).json().toJsonObject()))
        .containsExactly("c");
    assertThatThrownBy(() -> pages.page(window, Kind.TOOL, bob, cursor))
        .isInstanceOf(McpException.class)
        .hasMessage(NOT_OF_THIS_LIST.getString("message"));
  }

  @Test
  void aListThatChangesBetweenTwoPagesTellsNothingTwice() {
    var told = new ArrayList<String>();
    var first = list(null);
    told.addAll(names(first));
    gateway.vertx().deployVerticle(new NamedTools("0", "aa", "bb", "z")).await();
    var next = first;
    while (next.containsKey("nextCursor")) {
      next = list(next.getString("nextCursor"));
      told.addAll(names(next));
    }
    assertThat(told).containsExactly("a", "b", "bb", "c", "d", "e", "z");
  }

  @Test
  void aListGoesOnWhereItWasThoughTheLastOneToldIsGone() {
    var more = gateway.vertx().deployVerticle(new NamedTools("aa")).await();
    var first = list(null);
    assertThat(names(first)).containsExactly("a", "aa");
    gateway.vertx().undeploy(more).await();
    assertThat(names(list(first.getString("nextCursor")))).containsExactly("b", "c");
  }

  /** The first answer comes after the gateway has heard of all that was deployed. */
  private JsonObject list(String cursor) {
    gateway.modern("server/discover", new JsonObject());
    var params = cursor == null ? new JsonObject() : JsonObject.of("cursor", cursor);
    return gateway.modern("tools/list", params).getJsonObject("result");
  }

  private void refused(String cursor) {
    var answer = gateway.modern("tools/list", JsonObject.of("cursor", cursor));
    assertThat(answer.getJsonObject("error")).isEqualTo(NOT_OF_THIS_LIST);
  }

  private static GatewaySettings pagesOf(int size) {
    return GatewaySettings.defaults().listing(new Lists(size, Duration.ofSeconds(2)));
  }

  private static List<String> names(JsonObject result) {
    return result.getJsonArray("tools").stream()
        .map(tool -> ((JsonObject) tool).getString("name"))
        .toList();
  }
}
