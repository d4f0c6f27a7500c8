package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Outcome.ProtocolError;
import io.umbel.contract.Outcome.Result;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ToolVerticleTest {

  private final LoneNode node = new LoneNode();
  private final Listener listener = new Listener();
  private final CallingGateway gateway = new CallingGateway(node);
  private final PatientTools patient = new PatientTools();

  @BeforeEach
  void listen() {
    node.deploy(listener);
  }

  @AfterEach
  void close() {
    patient.answer();
    node.close();
  }

  @Test
  void isNamedAfterItsClass() {
    assertThat(patient.name()).isEqualTo("patient");
    assertThat(new GreetPeopleTools().name()).isEqualTo("greet-people");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw_exception",
        "throw_error",
        "fail",
        "return_null",
        "succeed_with_null",
        "break_output_schema",
        "forget_output"
      })
  void answersABugWithItsCorrelationIdAndNothingElse(String tool) {
    var crashing = announced(new CrashingTools());
    var call = gateway.newCall(tool, new JsonObject());
    var id = call.trail().correlationId();
    assertThat(gateway.send(crashing, call).await())
        .isEqualTo(new ProtocolError(-32603, "Internal error (correlation id " + id + ")", null));
  }

  @Test
  void endsAtOnceAfterBugs() {
    var crashing = new CrashingTools();
    var deployment = node.deploy(crashing);
    var there = listener.nextArrival();
    crashing.toolNames().forEach(tool -> gateway.send(there, newCall(tool)).await());
    var started = System.nanoTime();
    node.vertx().undeploy(deployment).await();
    assertThat(System.nanoTime() - started).as("nothing is waited for").isLessThan(5_000_000_000L);
  }

  @Test
  void tellsAllViolationsWithoutRunningTheTool() {
    var there = announced(patient);
    var arguments = new JsonObject().put("b", 2).put("c/d", true);
    var error = error(there, gateway.newCall("measure", arguments));
    assertThat(error.getString("code")).isEqualTo("INVALID_ARGUMENT");
    assertThat(error.getString("message"))
        .startsWith("The arguments of measure break its schema: ")
        .contains("/a: ", "/b: ", "/c~1d: ");
    assertThat(error.getJsonObject("details").getJsonArray("violations").stream())
        .extracting(violation -> ((JsonObject) violation).getString("pointer"))
        .containsExactlyInAnyOrder("/a", "/b", "/c~1d");
    assertThat(patient.runs()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"arguments\":[1]}", "{\"arguments\":\"a\"}", "{}", "[]", ""})
  void refusesArgumentsThatAreNotThere(String params) {
    var there = announced(patient);
    var call = newCall("measure");
    var odd = new Call(call.target(), call.caller(), call.trail(), 10_000, Buffer.buffer(params));
    assertThat(error(there, odd).getString("code")).isEqualTo("INVALID_ARGUMENT");
    assertThat(patient.runs()).isZero();
  }

  @Test
  void readsOnlyTheArgumentsOfTheParams() {
    var there = announced(patient);
    var params = new JsonObject()
        .put("_meta", new JsonObject().put("arguments", new JsonObject().put("a", "no")))
        .put("name", "another")
        .put("arguments", new JsonObject().put("a", 1))
        .put("task", new JsonArray().add(1));
    var call = newCall("measure");
    var full = new Call(call.target(), call.caller(), call.trail(), 10_000, params.toBuffer());
    assertThat(text(gateway.send(there, full))).isEqualTo("{\"a\":1}");
  }

  @Test
  void takesNoArgumentsForAnEmptyObject() {
    var there = announced(patient);
    patient.answer();
    for (var params : List.of("{}", "{\"name\":\"wait\",\"arguments\":null}", "")) {
      var call = newCall("wait");
      var bare =
          new Call(call.target(), call.caller(), call.trail(), 10_000, Buffer.buffer(params));
      assertThat(text(gateway.send(there, bare))).isEqualTo("at last");
    }
  }

  @Test
  void knowsNoOtherToolAndNoOtherMethod() {
    var there = announced(patient);
    var call = newCall("measure");
    var prompt = new Call.Target("prompts/get", "measure");
    var other = new Call(prompt, call.caller(), call.trail(), 10_000, call.params());
    assertThat(gateway.send(there, newCall("Measure")).await())
        .isEqualTo(new ProtocolError(-32602, "Unknown tool: Measure", null));
    assertThat(gateway.send(there, other).await())
        .isInstanceOfSatisfying(
            ProtocolError.class, error -> assertThat(error.code()).isEqualTo(-32602));
  }

  @Test
  void obeysNobodyWhoseCallerIsMissingForgedExpiredOrMeantForAnother() {
    var there = announced(patient);
    var seal = new CallerSeal(node.node().secret(), node.clock());
    var stranger = new CallerSeal(ClusterSecret.random(), node.clock());
    var expired = seal.seal(Caller.LOCAL, "patient");
    node.clock().advance(CallerSeal.LIFE);
    refuses(there, null);
    refuses(there, "forged.forged");
    refuses(there, expired);
    refuses(there, stranger.seal(Caller.LOCAL, "patient"));
    refuses(there, seal.seal(Caller.LOCAL, "issues"));
    assertThat(patient.runs()).isZero();
  }

  @Test
  void tellsTheToolOnWhoseBehalfItIsCalled() {
    var there = announced(patient);
    var call = newCall("wait");
    gateway.send(there, call);
    var begun = patient.begun();
    assertThat(begun.caller()).isEqualTo(CallingGateway.CALLER);
    assertThat(begun.correlationId()).isEqualTo(call.trail().correlationId());
    assertThat(begun.origin()).isEqualTo(call);
  }

  @Test
  void tellsTheToolThatItsCallWasGivenUp() {
    var there = announced(patient);
    var call = newCall("wait");
    gateway.send(there, call);
    var begun = patient.begun();
    gateway.cancel(there, newCall("another"));
    gateway.ping(there).await();
    assertThat(begun.cancelled().isComplete()).isFalse();
    gateway.cancel(there, call);
    patient.cancelled().await();
  }

  @Test
  void saysGoodbyeAndFinishesWhatItWasAsked() {
    var deployment = node.deploy(patient);
    var there = listener.nextArrival();
    var before = gateway.send(there, newCall("wait"));
    patient.begun();
    var stopped = node.vertx().undeploy(deployment);
    assertThat(listener.nextDeparture().why()).isEqualTo(Roster.Leave.GOODBYE);
    var after = gateway.send(there, newCall("wait"));
    gateway.ping(there).await();
    assertThat(List.of(before.isComplete(), after.isComplete(), stopped.isComplete()))
        .containsOnly(false);
    patient.answer();
    assertThat(text(before)).isEqualTo("at last");
    assertThat(text(after)).isEqualTo("at last");
    stopped.await();
  }

  @Test
  void offersOnlyTheToolsThatAreEnabled() {
    var enabled =
        new JsonObject().put("enabled_tools", new JsonArray().add("wait").add("other"));
    node.deploy(patient, enabled);
    var there = listener.nextArrival();
    assertThat(there.offers().tools()).extracting(OfferedTool::name).containsExactly("wait");
    assertThat(gateway.send(there, newCall("measure")).await())
        .isEqualTo(new ProtocolError(-32602, "Unknown tool: measure", null));
    assertThat(patient.toolNames()).containsExactly("wait", "measure");
  }

  @Test
  void doesNotStartWithTwoToolsOfOneName() {
    assertThatThrownBy(() -> node.deploy(new TwinTools()))
        .hasMessage("There are two tools named twin");
  }

  private Announcement announced(ToolVerticle family) {
    node.deploy(family);
    return listener.nextArrival();
  }

  private Call newCall(String tool) {
    return gateway.newCall(tool, new JsonObject());
  }

  private void refuses(Announcement there, String sealedCaller) {
    var call = gateway.newCall("measure", new JsonObject().put("a", 1));
    var result = (Result) gateway.send(there, call, sealedCaller).await();
    assertThat(result.failure()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(result.json().toString())
        .contains("The caller of this call is ", call.trail().correlationId());
  }

  private JsonObject error(Announcement there, Call call) {
    var result = (Result) gateway.send(there, call).await();
    return result.json().toJsonObject().getJsonObject("structuredContent").getJsonObject("error");
  }

  private static String text(Future<Outcome> outcome) {
    var content = ((Result) outcome.await()).json().toJsonObject().getJsonArray("content");
    return content.getJsonObject(0).getString("text");
  }

  /** A name of two words. */
  private static final class GreetPeopleTools extends ToolVerticle {
    @Override
    protected List<Tool> tools() {
      return List.of();
    }
  }
}
