package io.umbel.gateway;

import static io.umbel.gateway.Talk.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client gives up what has begun to stream, or what waits for its own answer. */
class ParkedCancellationTest {

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
  void closingItsStreamCancelsAStatelessRequest() throws InterruptedException {
    var meta = JsonObject.of("progressToken", 1);
    var stream = Talk.modern(two.a(), 1, "tools/call", tool("hold"), meta);
    assertThat(stream.message().getString("method")).isEqualTo("notifications/progress");
    stream.close();
    assertThat(two.tools().givenUp.poll(10, TimeUnit.SECONDS)).isEqualTo("hold");
    two.awaitNothingHeld();
  }

  @Test
  void closingItsStreamDoesNotCancelARequestOfASession() throws InterruptedException {
    var session = Talk.initialize(two.a());
    var params = tool("hold").put("_meta", JsonObject.of("progressToken", 1));
    var stream = Talk.legacy(two.a(), session, 1, "tools/call", params);
    assertThat(stream.message().getString("method")).isEqualTo("notifications/progress");
    stream.close();
    assertThat(cancel(two.b(), session, 2)).isEqualTo(202);
    assertThat(two.tools().givenUp.poll()).isNull();
    assertThat(cancel(two.b(), session, 1)).isEqualTo(202);
    assertThat(two.tools().givenUp.poll(10, TimeUnit.SECONDS)).isEqualTo("hold");
    two.awaitNothingHeld();
  }

  @Test
  void aCallThatWaitsForItsUserIsCancelledFromEitherGateway() throws InterruptedException {
    var session = Talk.initialize(two.a());
    for (var port : List.of(two.a(), two.b())) {
      var stream = Talk.legacy(two.a(), session, "c", "tools/call", tool("ask_patiently"));
      var question = stream.message();
      assertThat(question.getString("method")).isEqualTo("elicitation/create");
      assertThat(cancel(port, session, "c")).isEqualTo(202);
      assertThat(two.tools().givenUp.poll(10, TimeUnit.SECONDS)).isEqualTo("ask_patiently");
      assertThat(stream.ends()).isTrue();
      var rest = Talk.listen(port, session, stream.lastId());
      assertThat(rest.status()).isEqualTo(200);
      assertThat(rest.ends()).isTrue();
      var late = Talk.answer(port, session, question.getString("id"), Talk.accepted("Ann"));
      assertThat(late).isEqualTo(202);
    }
    two.awaitNothingHeld();
  }

  private static int cancel(int port, String session, Object id) {
    var params = JsonObject.of("requestId", id);
    var message = Talk.message(null, "notifications/cancelled", params);
    return Talk.legacy(port, session, message).status();
  }
}
