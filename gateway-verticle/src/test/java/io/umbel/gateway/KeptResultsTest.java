package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Schema;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolResult;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over HTTP, in both eras: a result that its tool lets be kept is given again. */
class KeptResultsTest {

  private RunningGateway gateway;

  /** Counts its calls; of one tool the result may be kept, of the other not. */
  public static final class CountingTools extends ToolVerticle {
    private int calls;

    @Override
    protected List<Tool> tools() {
      var word = Schema.object().text("word", "Any");
      return List.of(
          Tool.named("kept", "Counts.", word, this::count).readOnly().cached(Duration.ofHours(1)),
          Tool.named("fresh", "Counts.", word, this::count).readOnly());
    }

    private Future<ToolResult> count(ToolCall call) {
      return Future.succeededFuture(ToolResult.of(new JsonObject().put("calls", ++calls)));
    }
  }

  @BeforeEach
  void start() {
    gateway = new RunningGateway(GatewaySettings.defaults(), new CountingTools());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void theSameCallIsAnsweredWithoutTheToolInEitherEra() {
    var session = gateway.initialize("2025-11-25");
    assertThat(calls(gateway.modern("tools/call", call("kept", "a")))).isEqualTo(1);
    assertThat(calls(gateway.modern("tools/call", call("kept", "a")))).isEqualTo(1);
    assertThat(calls(gateway.legacy(session, "tools/call", call("kept", "a")))).isEqualTo(1);
  }

  @Test
  void otherArgumentsAndOtherToolsAreAnsweredAnew() {
    assertThat(calls(gateway.modern("tools/call", call("kept", "a")))).isEqualTo(1);
    assertThat(calls(gateway.modern("tools/call", call("kept", "b")))).isEqualTo(2);
    assertThat(calls(gateway.modern("tools/call", call("fresh", "a")))).isEqualTo(3);
    assertThat(calls(gateway.modern("tools/call", call("fresh", "a")))).isEqualTo(4);
  }

  private static JsonObject call(String tool, String word) {
    return JsonObject.of("name", tool, "arguments", JsonObject.of("word", word));
  }

  private static int calls(JsonObject answer) {
    return answer.getJsonObject("result").getJsonObject("structuredContent").getInteger("calls");
  }
}
