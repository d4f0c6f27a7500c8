package io.umbel.contract;

import static io.umbel.contract.CallingGateway.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A family whose tools depend on the caller, beside what every family does. */
class TailoredToolVerticleTest extends ToolVerticleContract {

  private static final Caller BOB = new Caller("acme", "bob", null, null, Set.of());
  private static final Caller CY = new Caller("other", "cy", null, null, Set.of());

  private final TailoredTools tools = new TailoredTools(Duration.ofMinutes(1), Duration.ZERO);

  @Override
  protected ToolVerticle family() {
    return tools;
  }

  @Test
  void saysThatItHasToBeAskedAndWhatEveryoneHas() {
    assertThat(announcement().traits().perCaller()).isTrue();
    assertThat(tools.toolNames()).containsExactly("whoami");
  }

  @Test
  void tellsEachCallerWhatIsTheirsAndForHowLong() {
    var provided = provided(BOB);
    assertThat(names(provided)).containsExactly("form", "only_bob");
    assertThat(provided.keepFor()).isEqualTo(Duration.ofMinutes(1));
    assertThat(provided.orElseFor()).isZero();
    assertThat(provided.offers().prompts().get(0).getString("name")).isEqualTo("of_bob");
    assertThat(provided.offers().resources().get(0).getString("uri")).isEqualTo("own://bob");
    assertThat(names(provided(CY))).containsExactly("form", "only_cy");
  }

  @Test
  void holdsACallAgainstItsCallersOwnSchema() {
    provided(BOB);
    provided(CY);
    var given = JsonObject.of("bob_field", "x");
    assertThat(structured(call(BOB, "form", given)).getString("by")).isEqualTo("acme/bob");
    var refused = (Outcome.Result) call(CY, "form", given);
    assertThat(refused.failure()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused.json().toString()).contains("/bob_field", "/cy_field");
    assertThat(tools.calls).hasValue(1);
  }

  @Test
  void knowsNoToolOfAnotherCaller() {
    provided(CY);
    assertThat(call(BOB, "only_cy", new JsonObject()))
        .isEqualTo(new Outcome.ProtocolError(-32602, "Unknown tool: only_cy", null));
    assertThat(read(BOB, "own://cy"))
        .isEqualTo(new Outcome.ProtocolError(
            -32602, "Resource not found: own://cy", JsonObject.of("uri", "own://cy")));
    assertThat(read(CY, "own://cy")).isInstanceOf(Outcome.Result.class);
    assertThat(call("prompts/get", BOB, "of_cy", JsonObject.of("name", "of_cy")))
        .isEqualTo(new Outcome.ProtocolError(-32602, "Unknown prompt: of_cy", null));
  }

  @Test
  void asksForItselfWhereAnotherInstanceWasAskedAndOnceOnly() {
    assertThat(call(BOB, "only_bob", new JsonObject())).isInstanceOf(Outcome.Result.class);
    assertThat(call(BOB, "only_bob", new JsonObject())).isInstanceOf(Outcome.Result.class);
    assertThat(tools.asked).containsExactly(BOB);
    node().clock().advance(Duration.ofSeconds(61));
    assertThat(call(BOB, "only_bob", new JsonObject())).isInstanceOf(Outcome.Result.class);
    assertThat(tools.asked).containsExactly(BOB, BOB);
  }

  @Test
  void whatEveryoneHasIsAnsweredWithoutAsking() {
    assertThat(call(BOB, "whoami", new JsonObject())).isInstanceOf(Outcome.Result.class);
    assertThat(tools.asked).isEmpty();
  }

  @Test
  void forgetsWhatIsAnotherNowAlsoAtOtherInstances() {
    var twin = new TailoredTools();
    node().deploy(twin);
    provided(BOB);
    provided(CY);
    twin.words.put("acme", "sheet");
    tools.words.put("acme", "sheet");
    twin.changed("acme");
    var unknown = new Outcome.ProtocolError(-32602, "Unknown tool: form", null);
    awaitThat(() -> unknown.equals(call(BOB, "form", new JsonObject())));
    assertThat(call(BOB, "sheet", JsonObject.of("bob_field", "x")))
        .isInstanceOf(Outcome.Result.class);
    assertThat(call(CY, "form", JsonObject.of("cy_field", "x"))).isInstanceOf(Outcome.Result.class);
  }

  @Test
  void aProvisionThatCannotBeMadeIsAnInternalErrorThatTellsNothing() {
    tools.instead.add(Future.failedFuture("secret"));
    var error = (Outcome.ProtocolError) gateway().provide(announcement(), BOB).await();
    assertThat(error.code()).isEqualTo(-32603);
    assertThat(error.message()).startsWith("Internal error").doesNotContain("secret");
    tools.instead.add(Future.succeededFuture(null));
    assertThat(gateway().provide(announcement(), BOB).await())
        .isInstanceOf(Outcome.ProtocolError.class);
    assertThat(names(provided(BOB))).containsExactly("form", "only_bob");
  }

  @Test
  void twoToolsOfOneNameAreNoProvision() {
    var tool = Tool.named("a", "A", Schema.object(), call -> null);
    tools.instead.add(Future.succeededFuture(Provision.of(List.of(tool, tool))));
    assertThat(gateway().provide(announcement(), BOB).await())
        .isInstanceOf(Outcome.ProtocolError.class);
  }

  @Test
  void aProvisionThatTheBusCannotCarryIsNone() {
    var tool = Tool.named("a", "x".repeat(Bus.MAX_PROVISION_BYTES), Schema.object(), call -> null);
    tools.instead.add(Future.succeededFuture(Provision.of(List.of(tool))));
    assertThat(gateway().provide(announcement(), BOB).await())
        .isInstanceOf(Outcome.ProtocolError.class);
  }

  @Test
  void whoeverIsNotSealedForItLearnsNothing() {
    var refused = gateway().provide(announcement(), "x.y").await();
    assertThat(refused)
        .isEqualTo(new Outcome.ProtocolError(-32602, "The caller of this call is altered", null));
    assertThat(gateway().provide(announcement(), (String) null).await())
        .isEqualTo(new Outcome.ProtocolError(-32602, "The caller of this call is missing", null));
    assertThat(tools.asked).isEmpty();
  }

  @Test
  void aFamilyOfEveryoneHasNothingForAnybody() {
    node().deploy(new CrashingTools());
    var crashing = listener().nextArrivalOf("crashing");
    var provided = (Outcome.Result) gateway().provide(crashing, CALLER).await();
    assertThat(Provided.fromBuffer(provided.json()).offers()).isEqualTo(Announcement.Offers.NONE);
  }

  private Provided provided(Caller caller) {
    var outcome = (Outcome.Result) gateway().provide(announcement(), caller).await();
    return Provided.fromBuffer(outcome.json());
  }

  private Outcome call(Caller caller, String tool, JsonObject arguments) {
    return call("tools/call", caller, tool, JsonObject.of("name", tool, "arguments", arguments));
  }

  private Outcome read(Caller caller, String uri) {
    return call("resources/read", caller, uri, JsonObject.of("uri", uri));
  }

  private Outcome call(String method, Caller caller, String name, JsonObject params) {
    var like = gateway().newCall(new Call.Target(method, name), params);
    var call = new Call(like.target(), caller, like.trail(), 10_000, like.params());
    return gateway().send(announcement(), call).await();
  }

  private static JsonObject structured(Outcome outcome) {
    return ((Outcome.Result) outcome).json().toJsonObject().getJsonObject("structuredContent");
  }

  private static List<String> names(Provided provided) {
    return provided.offers().tools().stream()
        .map(Announcement.OfferedTool::name)
        .toList();
  }

  private static void awaitThat(java.util.function.BooleanSupplier condition) {
    var deadline = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
