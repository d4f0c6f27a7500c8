package io.umbel.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Outcome.InputRequired;
import io.umbel.contract.Outcome.ProtocolError;
import io.umbel.contract.Outcome.Result;
import io.umbel.gateway.RunningGateway;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.catalog.Visibility;
import io.umbel.gateway.wire.EnvelopeReader;
import io.umbel.gateway.wire.EventSink;
import io.umbel.gateway.wire.McpMethod;
import io.umbel.gateway.wire.McpRequest;
import io.umbel.gateway.wire.McpRequest.Exchange;
import io.umbel.gateway.wire.McpRequest.Origin;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tool whose results may be kept for a minute; how often it is really called. */
class ResultCacheTest {

  private static final long MINUTE_MILLIS = 60_000;
  private static final Caller ANN =
      new Caller("acme", "ann", "apollo", "agent", Set.of("admin", "tools"));

  private final AtomicLong nanos = new AtomicLong();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private ResultCache cache;
  private int calls;

  @BeforeEach
  void begin() {
    cache = new ResultCache(nanos::get, new GatewayMetrics(registry));
  }

  @Test
  void givesAResultAgainWhileItLives() {
    assertThat(ask(ANN, "{\"a\":1}")).isEqualTo("{\"call\":1}");
    nanos.addAndGet(Duration.ofMillis(MINUTE_MILLIS - 1).toNanos());
    assertThat(ask(ANN, "{\"a\":1}")).isEqualTo("{\"call\":1}");
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(ask(ANN, "{\"a\":1}")).isEqualTo("{\"call\":2}");
    assertThat(counted("hit")).isEqualTo(1);
    assertThat(counted("miss")).isEqualTo(2);
  }

  @Test
  void neverGivesACallerTheResultOfAnother() {
    var others = List.of(
        new Caller("other", "ann", "apollo", "agent", ANN.scopes()),
        new Caller("acme", "bob", "apollo", "agent", ANN.scopes()),
        new Caller("acme", "ann", "gemini", "agent", ANN.scopes()),
        new Caller("acme", "ann", null, "agent", ANN.scopes()),
        new Caller("acme", "ann", "apollo", "other", ANN.scopes()),
        new Caller("acme", "ann", "apollo", "agent", Set.of("tools")));
    ask(ANN, "{}");
    others.forEach(other -> ask(other, "{}"));
    assertThat(calls).isEqualTo(7);
    others.forEach(other -> ask(other, "{}"));
    assertThat(calls).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"b\": [1, {\"d\": \"x\", \"c\": null}], \"a\": 1 }",
        "{\"a\":1,\"b\":[1,{\"c\":null,\"\\u0064\":\"\\u0078\"}]}"
      })
  void takesArgumentsThatSayTheSameForTheSame(String spelling) {
    ask(ANN, "{\"a\":1,\"b\":[1,{\"c\":null,\"d\":\"x\"}]}");
    ask(ANN, spelling);
    assertThat(calls).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"b\":[2,1]}",
        "{\"a\":1.0,\"b\":[1,2]}",
        "{\"a\":\"1\",\"b\":[1,2]}",
        "{\"a\":1,\"b\":[\"1,2\"]}",
        "{\"a\":1,\"b\":[1,2],\"c\":null}",
        "{\"a\":1}",
        "{}"
      })
  void takesOtherArgumentsForOthers(String arguments) {
    ask(ANN, "{\"a\":1,\"b\":[1,2]}");
    ask(ANN, arguments);
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void keepsNeitherFailuresNorErrorsNorQuestions() {
    var json = Buffer.buffer("{}");
    var notKept = List.of(
        new Result(json, null, ErrorCode.NOT_FOUND),
        new Result(Buffer.buffer("{\"isError\":true,\"content\":[]}"), null, null),
        new Result(Buffer.buffer("not JSON"), null, null),
        new ProtocolError(-32603, "no", null),
        new InputRequired(json, "parked"));
    for (var outcome : notKept) {
      var request = request(ANN, "{}");
      assertThat(through(offer("1.0.0", ""), request, outcome)).isSameAs(outcome);
    }
    cache
        .through(offer("1.0.0", ""), request(ANN, "{}"), () -> Future.failedFuture("lost"))
        .otherwiseEmpty();
    assertThat(ask(ANN, "{}")).isEqualTo("{\"call\":6}");
  }

  @Test
  void dropsAResultWhenTheToolIsAnother() {
    ask(offer("1.0.0", "first"), request(ANN, "{}"));
    ask(offer("1.0.0", "second"), request(ANN, "{}"));
    assertThat(calls).isEqualTo(2);
    ask(offer("1.0.0", "first"), request(ANN, "{}"));
    assertThat(calls).isEqualTo(3);
    ask(offer("1.0.1", "first"), request(ANN, "{}"));
    assertThat(calls).isEqualTo(4);
    ask(offer("1.0.1", "first"), request(ANN, "{}"));
    assertThat(calls).isEqualTo(4);
  }

  @Test
  void keepsNothingOfAToolThatOnlyClaimsToBeFit() {
    var writes = new OfferedTool(definition("").putNull("annotations"), List.of(), 1, 60_000);
    ask(offer("1.0.0", writes), request(ANN, "{}"));
    ask(offer("1.0.0", writes), request(ANN, "{}"));
    assertThat(calls).isEqualTo(2);
    assertThat(registry.find("mcp.result.cache").counters()).isEmpty();
  }

  @Test
  void asksAgainWhereTheClientBringsAnswers() {
    ask(ANN, "{}");
    var params = new JsonObject()
        .put("name", "t")
        .put("requestState", "s")
        .put("arguments", new JsonObject());
    ask(offer("1.0.0", ""), request(ANN, params));
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void keepsNoMoreThanItsBytes() {
    var large = new Result(Buffer.buffer("{\"x\":\"" + "x".repeat(512 * 1024) + "\"}"), null, null);
    for (int number = 0; number < 40; number++) {
      through(offer("1.0.0", ""), request(ANN, "{\"n\":" + number + "}"), large);
    }
    for (int number = 0; number < 40; number++) {
      ask(ANN, "{\"n\":" + number + "}");
    }
    assertThat(counted("hit")).isBetween(1.0, 31.0);
  }

  private String ask(Caller caller, String arguments) {
    return ask(offer("1.0.0", ""), request(caller, arguments));
  }

  private String ask(Offer offer, McpRequest request) {
    var result = new Result(Buffer.buffer("{\"call\":" + (calls + 1) + "}"), null, null);
    return ((Result) through(offer, request, result)).json().toString();
  }

  private Outcome through(Offer offer, McpRequest request, Outcome answer) {
    return cache
        .through(offer, request, () -> {
          calls++;
          return Future.succeededFuture(answer);
        })
        .await();
  }

  private double counted(String result) {
    return registry.get("mcp.result.cache").tag("result", result).counter().count();
  }

  private static McpRequest request(Caller caller, String arguments) {
    var params = new JsonObject().put("name", "t").put("arguments", "@");
    var body = RunningGateway.modernBody("tools/call", params).replace("\"@\"", arguments);
    return read(caller, body);
  }

  private static McpRequest request(Caller caller, JsonObject params) {
    return read(caller, RunningGateway.modernBody("tools/call", params));
  }

  private static McpRequest read(Caller caller, String body) {
    var message = EnvelopeReader.read(body.getBytes(StandardCharsets.UTF_8));
    var exchange = Exchange.of(new Origin(caller, "test", "c"), EventSink.NONE);
    return new McpRequest(McpMethod.TOOLS_CALL, message, message.params().json(), exchange);
  }

  private static Offer offer(String version, String description) {
    var tool = new OfferedTool(definition(description), List.of(), 1_000, MINUTE_MILLIS);
    return offer(version, tool);
  }

  private static Offer offer(String version, OfferedTool tool) {
    var instance = new Instance("sample", "i", "node", version);
    var catalog = new Catalog(Visibility.ALL);
    catalog.here(new Announcement(instance, Traits.NONE, Offers.ofTools(List.of(tool))));
    return catalog.everyones().find(Kind.TOOL, "t").orElseThrow();
  }

  private static JsonObject definition(String description) {
    return new JsonObject()
        .put("name", "t")
        .put("description", description)
        .put("annotations", new JsonObject().put("readOnlyHint", true));
  }
}
