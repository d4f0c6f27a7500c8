package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.Announcement.OfferedTool;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How every family of tools behaves. A family's own test extends this and says which it is. */
@Timeout(30)
public abstract class ToolVerticleContract {

  private static final JsonSchema SCHEMA_OF_SCHEMAS = JsonSchema.compile(
      new JsonObject().put("$ref", "https://json-schema.org/draft/2020-12/schema"));

  private final LoneNode node = new LoneNode();
  private final Listener listener = new Listener();
  private final CallingGateway gateway = new CallingGateway(node);
  private Announcement announcement;
  private String deployment;

  /** A new instance of the family. */
  protected abstract ToolVerticle family();

  /** What the family is deployed with. */
  protected JsonObject configuration() {
    return new JsonObject();
  }

  @BeforeEach
  final void deploy() {
    node.deploy(listener);
    var family = family();
    deployment = node.deploy(family, configuration());
    announcement = listener.nextArrivalOf(family.name());
  }

  @AfterEach
  final void close() {
    node.close();
  }

  /** The process the family runs in. */
  protected final LoneNode node() {
    return node;
  }

  /** What the family announced. */
  protected final Announcement announcement() {
    return announcement;
  }

  /** Who calls it. */
  protected final CallingGateway gateway() {
    return gateway;
  }

  /** Who hears its announcements. */
  protected final Listener listener() {
    return listener;
  }

  /** What a tool answers to these arguments. */
  protected final Outcome call(String tool, JsonObject arguments) {
    return gateway.send(announcement, gateway.newCall(tool, arguments)).await();
  }

  /** The structured result of a call that succeeds, which its text block repeats. */
  protected final JsonObject result(String tool, JsonObject arguments) {
    var result = (Outcome.Result) call(tool, arguments);
    assertThat(result.failure()).as("%s", result.json()).isNull();
    var json = result.json().toJsonObject();
    var structured = json.getJsonObject("structuredContent");
    assertThat(json.getBoolean("isError", false)).isFalse();
    assertThat(text(json)).isEqualTo(structured);
    return structured;
  }

  /** The error of a call that fails with this code, which its text block repeats. */
  protected final JsonObject failure(ErrorCode code, String tool, JsonObject arguments) {
    return error(code, call(tool, arguments));
  }

  @Test
  final void tellsItsToolsBeforeItRuns() {
    assertThat(family().toolNames())
        .containsExactlyElementsOf(
            announcement.offers().tools().stream().map(OfferedTool::name).toList());
  }

  @Test
  final void announcesItselfAtAnAddressOfItsOwn() {
    var instance = announcement.instance();
    assertThat(instance.address()).isEqualTo("umbel." + family().name() + "@" + instance.id());
    assertThat(instance.node()).isEqualTo(node.node().id());
    assertThat(instance.version()).isNotBlank();
  }

  @Test
  final void announcesToolsThatAnyClientCanUse() {
    assertThat(tools()).isNotEmpty().allSatisfy(ToolVerticleContract::isUsable);
  }

  @Test
  final void saysOfEachToolWhatItMayDo() {
    assertThat(tools()).allSatisfy(ToolVerticleContract::saysWhatItMayDo);
  }

  @Test
  final void tagsEachTool() {
    assertThat(tools()).allSatisfy(tool -> assertThat(tool.tags()).isNotEmpty());
  }

  @Test
  final void refusesACallerThatNobodySealed() {
    for (var tool : names()) {
      var call = gateway.newCall(tool, new JsonObject());
      error(ErrorCode.UNAUTHENTICATED, gateway.send(announcement, call, null).await());
    }
  }

  @Test
  final void refusesArgumentsThatAToolDoesNotName() {
    for (var tool : names()) {
      var error = failure(ErrorCode.INVALID_ARGUMENT, tool, new JsonObject().put("n/o", 1));
      assertThat(error.getJsonObject("details").getJsonArray("violations").stream())
          .as("violations of %s", tool)
          .extracting(violation -> ((JsonObject) violation).getString("pointer"))
          .contains("/n~1o");
    }
  }

  @Test
  final void knowsNoToolItDidNotAnnounce() {
    assertThat(call("no_such_tool", new JsonObject()))
        .isEqualTo(new Outcome.ProtocolError(-32602, "Unknown tool: no_such_tool", null));
  }

  @Test
  final void answersAPing() {
    assertThat(gateway.ping(announcement).await().length()).isZero();
  }

  @Test
  final void saysGoodbyeBeforeItIsGone() {
    node.vertx().undeploy(deployment).await();
    assertThat(listener.nextDeparture())
        .isEqualTo(new Listener.Departure(announcement, Roster.Leave.GOODBYE));
    assertThatThrownBy(() -> gateway.ping(announcement).await())
        .isInstanceOfSatisfying(
            ReplyException.class,
            failure -> assertThat(failure.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS));
  }

  /** Everyone's, and where there are such, one caller's own: the same holds for both. */
  private List<OfferedTool> tools() {
    var all = new ArrayList<>(announcement.offers().tools());
    if (announcement.traits().perCaller()) {
      var provided = gateway.provide(announcement, CallingGateway.CALLER).await();
      all.addAll(
          Provided.fromBuffer(((Outcome.Result) provided).json()).offers().tools());
    }
    return all;
  }

  private List<String> names() {
    return tools().stream().map(OfferedTool::name).toList();
  }

  private static void isUsable(OfferedTool tool) {
    var definition = tool.definition();
    var input = definition.getJsonObject("inputSchema");
    assertThat(tool.name()).matches("[A-Za-z0-9_.-]{1,64}");
    assertThat(definition.getString("description")).isNotBlank();
    assertThat(tool.timeoutMillis()).isPositive();
    assertThat(input.getString("type")).isEqualTo("object");
    isSchema(input);
    isClosed(input);
    if (definition.containsKey("outputSchema")) {
      isSchema(definition.getJsonObject("outputSchema"));
    }
  }

  private static void saysWhatItMayDo(OfferedTool tool) {
    var hints = tool.definition().getJsonObject("annotations", new JsonObject());
    assertThat(hints.getBoolean("openWorldHint")).as("openWorldHint").isNotNull();
    if (!hints.getBoolean("readOnlyHint", false)) {
      assertThat(hints.getBoolean("destructiveHint")).as("destructiveHint").isNotNull();
    }
  }

  private static void isSchema(JsonObject schema) {
    assertThat(SCHEMA_OF_SCHEMAS.violations(Json.tree(schema))).isEmpty();
    JsonSchema.compile(schema);
  }

  /**
   * Every object in it with named properties refuses what it does not name; a condition is none.
   */
  private static void isClosed(JsonObject schema) {
    if (schema.containsKey("properties")) {
      assertThat(schema.getValue("additionalProperties")).as("%s", schema).isEqualTo(false);
    }
    schema.stream()
        .filter(member -> !member.getKey().equals("if"))
        .forEach(member -> isClosedWithin(member.getValue()));
  }

  private static void isClosedWithin(Object value) {
    if (value instanceof JsonObject object) {
      isClosed(object);
    } else if (value instanceof JsonArray array) {
      array.forEach(ToolVerticleContract::isClosedWithin);
    }
  }

  private static JsonObject error(ErrorCode code, Outcome outcome) {
    var result = (Outcome.Result) outcome;
    assertThat(result.failure()).as("%s", result.json()).isEqualTo(code);
    var json = result.json().toJsonObject();
    var error = json.getJsonObject("structuredContent").getJsonObject("error");
    assertThat(json.getBoolean("isError")).isTrue();
    assertThat(error.getString("code")).isEqualTo(code.name());
    assertThat(error.getString("message")).isNotBlank();
    assertThat(error.getString("correlation_id")).startsWith("correlation-");
    assertThat(text(json)).isEqualTo(json.getJsonObject("structuredContent"));
    return error;
  }

  private static JsonObject text(JsonObject result) {
    var content = result.getJsonArray("content");
    assertThat(content).hasSize(1);
    return new JsonObject(content.getJsonObject(0).getString("text"));
  }
}
