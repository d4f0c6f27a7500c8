package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.gateway.GatewaySettings.Lists;
import io.umbel.gateway.catalog.Visibility;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the rules of {@code mcp.visibility} hide, seen by a client. */
class HiddenToolsTest {

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    var rules = Visibility.of(List.of("disable name:add", "disable tool:hang tool:late"));
    var lists = new Lists(100, Duration.ofSeconds(1), rules);
    gateway = new RunningGateway(GatewaySettings.defaults().listing(lists), new SampleTools());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void aHiddenToolIsNotListed() {
    var tools = gateway
        .modern("tools/list", new JsonObject())
        .getJsonObject("result")
        .getJsonArray("tools");
    assertThat(tools.stream().map(tool -> ((JsonObject) tool).getString("name")))
        .isNotEmpty()
        .doesNotContain("add", "hang", "late");
  }

  @Test
  void aCallOfAHiddenToolIsAnsweredLikeOneOfAToolThatDoesNotExist() {
    var arguments = new JsonObject().put("a", 1).put("b", 2);
    assertThat(error("add", arguments)).isEqualTo(error("nope", arguments, "add"));
  }

  private static String error(String tool, JsonObject arguments) {
    return error(tool, arguments, tool);
  }

  /** What a call answers, with another name in place of the tool's. */
  private static String error(String tool, JsonObject arguments, String as) {
    var params = new JsonObject().put("name", tool).put("arguments", arguments);
    var answer = gateway.modern("tools/call", params).getJsonObject("error");
    assertThat(answer.getString("message")).isEqualTo("Unknown tool: " + tool);
    return answer.encode().replace(tool, as);
  }
}
