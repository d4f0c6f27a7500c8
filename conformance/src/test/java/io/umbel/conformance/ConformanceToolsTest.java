package io.umbel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Call;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.Listener;
import io.umbel.contract.Outcome;
import io.umbel.contract.Outcome.InputRequired;
import io.umbel.contract.Outcome.ProtocolError;
import io.umbel.contract.Outcome.Result;
import io.umbel.contract.ToolVerticle;
import io.umbel.contract.ToolVerticleContract;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What the suite finds out over HTTP, as far as the provider alone is to answer for it. */
class ConformanceToolsTest extends ToolVerticleContract {

  private static final String TOOL = "tools/call";
  private static final String ROUNDS = "test_input_required_result_";
  private static final String META = "io.modelcontextprotocol/";

  @Override
  protected ToolVerticle family() {
    return new ConformanceTools();
  }

  @Test
  void offersEverythingTheSuiteAsksFor() {
    var offers = announcement().offers();

    assertThat(offers.tools()).hasSize(28);
    assertThat(offers.prompts()).hasSize(5);
    assertThat(offers.resources()).hasSize(3);
    assertThat(offers.templates()).hasSize(1);
  }

  @Test
  void keepsEveryKeywordOfASchema() {
    var schema = announcement().offers().tools().stream()
        .filter(tool -> tool.name().equals("json_schema_2020_12_tool"))
        .map(tool -> tool.definition().getJsonObject("inputSchema"))
        .findFirst()
        .orElseThrow();

    assertThat(schema.fieldNames())
        .contains("$schema", "$defs", "allOf", "if", "then", "else", "additionalProperties");
  }

  @Test
  void goesOnWhereItAsked() {
    var asked = (InputRequired) ask(TOOL, ROUNDS + "elicitation", capable());
    var answered = goOn(TOOL, ROUNDS + "elicitation", asked, answer("user_name", "name", "Ada"));

    assertThat(questions(asked)).containsExactly("user_name");
    assertThat(text(answered)).isEqualTo("Hello, Ada!");
  }

  @Test
  void asksASecondTimeWithAnotherToken() {
    var first = (InputRequired) ask(TOOL, ROUNDS + "multi_round", capable());
    var second =
        (InputRequired) goOn(TOOL, ROUNDS + "multi_round", first, answer("step1", "name", "Ada"));
    var last = goOn(TOOL, ROUNDS + "multi_round", second, answer("step2", "color", "blue"));

    assertThat(second.parked()).isNotEqualTo(first.parked());
    assertThat(text(last)).isEqualTo("Ada likes blue");
  }

  @Test
  void asksAgainWhatWasNotAnswered() {
    var asked = (InputRequired) ask(TOOL, ROUNDS + "elicitation", capable());
    var again = goOn(TOOL, ROUNDS + "elicitation", asked, answer("other", "name", "Ada"));

    assertThat(questions((InputRequired) again)).containsExactly("user_name");
  }

  @Test
  void doesNotAskWhatTheCallItselfAnswers() {
    var answered = ask(TOOL, ROUNDS + "elicitation", answer("user_name", "name", "Ada"));

    assertThat(text(answered)).isEqualTo("Hello, Ada!");
  }

  @Test
  void asksOnlyWhatTheClientCanAnswer() {
    var asked = (InputRequired) ask(TOOL, ROUNDS + "capabilities", capable("sampling"));

    assertThat(questions(asked)).containsExactly("greeting");
  }

  @Test
  void needsACapabilityThatIsNotThere() {
    var refused = (ProtocolError) ask(TOOL, "test_missing_capability", capable("elicitation"));

    assertThat(refused.code()).isEqualTo(-32021);
    assertThat(refused.data().getJsonObject("requiredCapabilities").fieldNames())
        .containsExactly("sampling");
  }

  @Test
  void asksForAPromptToo() {
    var name = ROUNDS + "prompt";
    var asked = (InputRequired) ask("prompts/get", name, capable());
    var answered =
        (Result) goOn("prompts/get", name, asked, answer("user_context", "context", "a storm"));

    assertThat(answered.json().toString()).contains("Use this context: a storm");
  }

  @Test
  void readsAResourceByItsTemplate() {
    var read = (Result) ask("resources/read", "test://template/123/data", new JsonObject());

    assertThat(read.json().toString()).contains("Data for ID: 123");
  }

  @Test
  void logsOnlyForWhoAskedForIt() {
    var told = told();
    ask(TOOL, "test_tool_with_logging", capable());
    assertThat(told).isEmpty();

    var params = capable();
    params.getJsonObject("_meta").put(META + "logLevel", "info");
    ask(TOOL, "test_tool_with_logging", params);
    assertThat(told)
        .extracting(line -> line.getString("data"))
        .containsExactly(
            "Tool execution started", "Tool processing data", "Tool execution completed");
  }

  @Test
  void reportsProgressInThreeSteps() {
    var told = told();
    var params = capable();
    params.getJsonObject("_meta").put("progressToken", "p");
    ask(TOOL, "test_tool_with_progress", params);

    assertThat(told).extracting(step -> step.getInteger("progress")).containsExactly(0, 50, 100);
  }

  @Test
  void tellsEveryoneOfAToolAndAPromptMore() {
    var listener = new Listener();
    node().deploy(listener);
    var before = listener.nextArrival().offers();

    ask(TOOL, "test_trigger_tool_change", capable());
    assertThat(listener.nextArrival().offers().tools()).hasSize(before.tools().size() + 1);

    ask(TOOL, "test_trigger_prompt_change", capable());
    assertThat(listener.nextArrival().offers().prompts())
        .hasSize(before.prompts().size() + 1);
  }

  private Outcome ask(String method, String name, JsonObject params) {
    var gateway = new CallingGateway(node());
    return gateway.send(announcement(), call(gateway, method, name, params)).await();
  }

  /** The client comes back with an answer. */
  private Outcome goOn(String method, String name, InputRequired asked, JsonObject params) {
    var gateway = new CallingGateway(node());
    var call = call(gateway, method, name, params);
    var seal = new CallerSeal(node().node().secret(), node().clock());
    var options = call.toHeaders(seal.seal(call.caller(), "conformance"));
    options.getHeaders().set(Header.OP, Op.RESUME.word()).set(Header.PARKED, asked.parked());
    return gateway.request(announcement(), call.params(), options).await();
  }

  private static Call call(CallingGateway gateway, String method, String name, JsonObject params) {
    var call = gateway.newCall(name, new JsonObject());
    var target = new Call.Target(method, name);
    return new Call(target, call.caller(), call.trail(), 10_000, params.toBuffer());
  }

  /** What the provider tells its gateway from now on, before it answers. */
  private BlockingQueue<JsonObject> told() {
    var told = new LinkedBlockingQueue<JsonObject>();
    node().vertx().eventBus().<Buffer>consumer(CallingGateway.ADDRESS, message -> {
      told.add(message.body().toJsonObject());
    });
    return told;
  }

  private static JsonObject capable() {
    return capable("elicitation", "sampling", "roots");
  }

  private static JsonObject capable(String... names) {
    var capabilities = new JsonObject();
    for (var name : names) {
      capabilities.put(name, new JsonObject());
    }
    var meta = new JsonObject().put(META + "clientCapabilities", capabilities);
    return new JsonObject().put("arguments", new JsonObject()).put("_meta", meta);
  }

  private static JsonObject answer(String key, String field, String value) {
    var content = new JsonObject().put(field, value);
    var form = new JsonObject().put("action", "accept").put("content", content);
    return capable().put("inputResponses", new JsonObject().put(key, form));
  }

  private static Set<String> questions(InputRequired asked) {
    return asked.json().toJsonObject().getJsonObject("inputRequests").fieldNames();
  }

  private static String text(Outcome outcome) {
    var json = ((Result) outcome).json().toJsonObject();
    return json.getJsonArray("content").getJsonObject(0).getString("text");
  }
}
