package io.umbel.gateway.rest;

import static io.umbel.gateway.TwoGateways.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.EventClient;
import io.umbel.gateway.Talk;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A tool that an account switches off is gone for it, and for nobody else. */
class ToolSwitchTest {

  private static final String WHO = "/api/v1/tools/who";
  private static final JsonObject OFF = JsonObject.of("is_enabled", false);
  private static final JsonObject ON = JsonObject.of("is_enabled", true);
  private static RestGateways gateways;

  @BeforeAll
  static void start() {
    gateways = new RestGateways();
  }

  @AfterAll
  static void stop() {
    gateways.close();
  }

  private static List<RestClient> everywhere(String account) {
    var token = RestGateways.token(account, "bob", "tools");
    return List.of(
        gateways.client(gateways.a, token),
        gateways.client(gateways.b, token),
        gateways.client(gateways.c, token));
  }

  private static void soon(List<RestClient> clients, boolean listed) {
    var begun = Instant.now();
    until(() -> clients.stream().allMatch(each -> each.tools().contains("who") == listed));
    assertThat(clients).allMatch(each -> each.tools().contains("who") == listed);
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void isGoneOnAllNodesWithinTwoSecondsAndBackAgain() {
    var ann = gateways.admin("switching");
    soon(everywhere("switching"), true);

    var off = ann.put(WHO, ann.get(WHO).etag(), OFF);
    assertThat(off.status()).as(off.response().body()).isEqualTo(200);
    assertThat(off.etag()).isEqualTo("\"1\"");
    soon(everywhere("switching"), false);
    var call = JsonObject.of("name", "who", "arguments", new JsonObject());
    assertThat(everywhere("switching"))
        .allSatisfy(
            client -> assertThat(client.mcp("tools/call", call).response().body())
                .contains("Unknown tool: who"));
    assertThat(everywhere("others")).allMatch(client -> client.tools().contains("who"));

    assertThat(ann.put(WHO, "\"0\"", ON).status()).isEqualTo(412);
    assertThat(ann.put(WHO, "\"1\"", ON).etag()).isEqualTo("\"2\"");
    soon(everywhere("switching"), true);
  }

  @Test
  void isListedWithWhatIsKnownOfIt() {
    var ann = gateways.admin("listing");
    ann.put(WHO, "\"0\"", OFF);
    var names = new ArrayList<String>();
    var tools = new ArrayList<JsonObject>();
    var cursor = "";
    do {
      var page = ann.get("/api/v1/tools?limit=1" + cursor);
      page.items().forEach(tool -> tools.add((JsonObject) tool));
      cursor = page.json().getString("next_cursor");
      cursor = cursor == null ? null : "&cursor=" + cursor;
    } while (cursor != null);

    tools.forEach(tool -> names.add(tool.getString("name")));
    assertThat(names).isSorted().doesNotHaveDuplicates().contains("who");
    var who = tools.get(names.indexOf("who"));
    assertThat(who.getBoolean("is_enabled")).isFalse();
    assertThat(who.getString("source_name")).isEqualTo("who");
    assertThat(who.getJsonObject("schema").getString("type")).isEqualTo("object");
    assertThat(ann.get(WHO).json()).isEqualTo(who);
  }

  /** A stream at each gateway, acknowledged. */
  private static List<EventClient> listening(String account) {
    var params = JsonObject.of("notifications", JsonObject.of("toolsListChanged", true));
    var body = Talk.modernMessage(1, "subscriptions/listen", params, new JsonObject());
    var token = RestGateways.token(account, "bob", "tools");
    return List.of(gateways.a, gateways.b, gateways.c).stream()
        .map(gateway -> {
          var stream = new EventClient(Talk.to(gateway.port(), "/mcp")
              .header("Authorization", "Bearer " + token)
              .header("MCP-Protocol-Version", "2026-07-28")
              .header("Mcp-Method", "subscriptions/listen")
              .POST(Talk.body(body))
              .build());
          assertThat(stream.message().getString("method"))
              .isEqualTo("notifications/subscriptions/acknowledged");
          return stream;
        })
        .toList();
  }

  @Test
  void streamsOfThatAccountAreToldAndNoOthers() {
    var mine = listening("told");
    var theirs = listening("untold");
    gateways.admin("told").put(WHO, "\"0\"", OFF);
    for (var stream : mine) {
      assertThat(stream.message().getString("method"))
          .isEqualTo("notifications/tools/list_changed");
    }
    assertThat(theirs).noneMatch(EventClient::hasNext);
    mine.forEach(EventClient::close);
    theirs.forEach(EventClient::close);
  }
}
