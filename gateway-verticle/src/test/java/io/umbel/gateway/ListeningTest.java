package io.umbel.gateway;

import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code subscriptions/listen}: what was asked for, under the client's own id, and nothing else.
 */
class ListeningTest {

  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
  private static final String UPDATED = "notifications/resources/updated";

  private TwoGateways two;

  @BeforeEach
  void start() {
    two = new TwoGateways();
  }

  @AfterEach
  void stop() {
    two.close();
  }

  @Test
  void theFirstMessageSaysWhatIsHonoured() {
    var wanted = JsonObject.of(
        "toolsListChanged", true, "promptsListChanged", false, "future", true, "taskIds", "x");
    var first =
        listen(two.a(), "1", wanted.put("resourceSubscriptions", watched())).message();
    assertThat(first.getString("method")).isEqualTo("notifications/subscriptions/acknowledged");
    assertThat(first.getJsonObject("params").getJsonObject("notifications"))
        .isEqualTo(JsonObject.of("toolsListChanged", true, "resourceSubscriptions", watched()));
    assertThat(id(first)).isEqualTo("1");
  }

  @Test
  void eachStreamHearsWhatItAskedForUnderItsOwnId() {
    var tools = listen(two.a(), 1, JsonObject.of("toolsListChanged", true));
    var prompts = listen(two.a(), "1", JsonObject.of("promptsListChanged", true));
    var resource = listen(two.b(), 1, JsonObject.of("resourceSubscriptions", watched()));
    var all = listen(
        two.b(),
        "all",
        JsonObject.of("toolsListChanged", true, "resourceSubscriptions", watched()));
    for (var stream : new EventClient[] {tools, prompts, resource, all}) {
      stream.message();
    }
    call("touch", "talk://unwatched");
    call("touch", TalkingTools.WATCHED);
    updated(resource, 1);
    updated(all, "all");
    call("grow", "grown-" + UUID.randomUUID());
    listChanged(tools, 1);
    listChanged(all, "all");
    two.stopA();
    ended(tools, 1);
    ended(prompts, "1");
    call("touch", TalkingTools.WATCHED);
    updated(resource, 1);
    updated(all, "all");
  }

  @Test
  void whatTheClientClosesLeavesNothingBehind() {
    var stream = listen(two.a(), 1, JsonObject.of("toolsListChanged", true));
    stream.message();
    TwoGateways.until(() -> two.gatewayA().held().watchers() == 1);
    assertThat(two.gatewayA().held().watchers()).isEqualTo(1);
    stream.close();
    two.awaitNothingHeld();
  }

  @Test
  void whatIsWithdrawnIsToldAndCannotBeCalledAnyMore() {
    call("grow", "passing");
    var listening = listen(two.a(), 1, JsonObject.of("toolsListChanged", true));
    assertThat(listening.message().containsKey("method")).isTrue();
    call("shrink", "passing");
    assertThat(listening.message().getString("method"))
        .isEqualTo("notifications/tools/list_changed");
    var error = Talk.modern(two.a(), 2, "tools/call", Talk.tool("passing")).message();
    assertThat(error.getJsonObject("error").getString("message"))
        .isEqualTo("Unknown tool: passing");
  }

  @Test
  void whoAcceptsNoStreamIsToldAtOnce() {
    var params = JsonObject.of("notifications", JsonObject.of("toolsListChanged", true));
    var message = Talk.modernMessage(1, "subscriptions/listen", params, new JsonObject());
    var request = Talk.to(two.a(), "/mcp")
        .setHeader("Accept", "application/json")
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "subscriptions/listen")
        .POST(Talk.body(message));
    var client = new EventClient(request.build());
    assertThat(client.message().getJsonObject("error").getString("message"))
        .contains("event stream");
    assertThat(client.status()).isEqualTo(406);
    two.awaitNothingHeld();
  }

  private static void ended(EventClient stream, Object id) {
    var last = stream.message();
    assertThat(last.getValue("id")).isEqualTo(id);
    var result = last.getJsonObject("result");
    assertThat(result.getString("resultType")).isEqualTo("complete");
    assertThat(result.getJsonObject("_meta").getValue(SUBSCRIPTION)).isEqualTo(id);
    assertThat(stream.ends()).isTrue();
  }

  private static void updated(EventClient stream, Object id) {
    var told = stream.message();
    assertThat(told.getString("method")).isEqualTo(UPDATED);
    assertThat(told.getJsonObject("params").getString("uri")).isEqualTo(TalkingTools.WATCHED);
    assertThat(id(told)).isEqualTo(id);
  }

  private static void listChanged(EventClient stream, Object id) {
    var told = stream.message();
    assertThat(told.getString("method")).isEqualTo("notifications/tools/list_changed");
    assertThat(id(told)).isEqualTo(id);
  }

  private void call(String name, String word) {
    var params = tool(name).put("arguments", JsonObject.of("word", word));
    Talk.modern(two.b(), 9, "tools/call", params).message();
  }

  private static JsonArray watched() {
    return JsonArray.of(TalkingTools.WATCHED);
  }

  private static Object id(JsonObject told) {
    return told.getJsonObject("params").getJsonObject("_meta").getValue(SUBSCRIPTION);
  }

  private static EventClient listen(int port, Object id, JsonObject wanted) {
    return Talk.modern(port, id, "subscriptions/listen", JsonObject.of("notifications", wanted));
  }
}
