package io.umbel.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.Caller;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Outcome;
import io.umbel.gateway.MovableClock;
import io.umbel.gateway.wire.Envelope.Continued;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.EnvelopeReader.Unreadable;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.McpException;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.McpRequest.Origin;
import io.umbel.gateway.wire.Sealer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may bring a state back, for what, and until when. */
class ContinuationsTest {

  private static final Caller ANN = caller("acme", "ann");

  private final MovableClock clock = new MovableClock();
  private final Sealer sealer = new Sealer(ClusterSecret.random(), "state");
  private final Continuations continuations = new Continuations(sealer, clock);

  @Test
  void theCallerItWasGivenToBringsItBack() throws Unreadable {
    var back = continuations.open(request(ANN, state()));
    assertThat(back.parked()).isEqualTo("instance#token");
    assertThat(back.state()).isNull();
  }

  @Test
  void anotherCallerIsRefused() throws Unreadable {
    var state = state();
    refused(caller("acme", "bob"), state, "another call");
    refused(caller("other", "ann"), state, "another call");
  }

  @Test
  void itExpires() throws Unreadable {
    var state = state();
    clock.move(Duration.ofMinutes(10));
    assertThat(continuations.open(request(ANN, state)).parked()).isEqualTo("instance#token");
    clock.move(Duration.ofMillis(1));
    refused(ANN, state, "has expired");
  }

  @Test
  void whatWasSealedForSomethingElseIsRefused() throws Unreadable {
    var other = new Sealer(ClusterSecret.random(), "state").seal(new JsonObject());
    refused(ANN, other, "was not given out here");
    refused(ANN, "", "was not given out here");
    refused(ANN, "%%%", "was not given out here");
  }

  @Test
  void aProvidersOwnStateComesBackAsItWas() throws Unreadable {
    var json = new JsonObject().put("requestState", "its own").toBuffer();
    var asked = continuations.sealed(new Outcome.InputRequired(json, null), request(ANN, null));
    var state = asked.json().toJsonObject().getString("requestState");
    assertThat(state).doesNotContain("its own");
    assertThat(continuations.open(request(ANN, state)).state()).isEqualTo("its own");
  }

  private void refused(Caller caller, String state, String why) throws Unreadable {
    var request = request(caller, state);
    assertThatThrownBy(() -> continuations.open(request))
        .isInstanceOf(McpException.class)
        .hasMessageContaining(why);
  }

  private String state() throws Unreadable {
    var json = Buffer.buffer("{\"inputRequests\":{},\"requestState\":\"token\"}");
    var asked =
        continuations.sealed(new Outcome.InputRequired(json, "instance#token"), request(ANN, null));
    return asked.json().toJsonObject().getString("requestState");
  }

  private static McpRequest request(Caller caller, String state) throws Unreadable {
    var text = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
        + "\"params\":{\"name\":\"ask\",\"arguments\":{}}}";
    var envelope = EnvelopeReader.read(text.getBytes(StandardCharsets.UTF_8));
    var exchange = Exchange.of(new Origin(caller, "test", "x"), EventSink.NONE);
    var request =
        new McpRequest(McpMethod.TOOLS_CALL, envelope, envelope.params().json(), exchange);
    return request.continued(request.params(), new Continued(state, null));
  }

  private static Caller caller(String account, String subject) {
    return new Caller(account, subject, null, null, Set.of());
  }
}
