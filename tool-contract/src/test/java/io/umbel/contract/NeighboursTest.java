package io.umbel.contract;

import static io.umbel.contract.CallingGateway.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A family that asks other families, beside what every family does. */
class NeighboursTest extends ToolVerticleContract {

  private final TailoredTools tailored = new TailoredTools();

  @Override
  protected ToolVerticle family() {
    return new CuriousTools();
  }

  @Test
  void asksAnothersToolForItsOwnCaller() {
    meet(tailored);
    var answer = result("ask", question("tailored", "form", JsonObject.of("ann_field", "x")));
    assertThat(answer.getString("by")).isEqualTo("acme/ann");
    assertThat(tailored.asked).containsOnly(CALLER);
  }

  @Test
  void asksWhatAnotherKeepsForItsOwnCaller() {
    meet(tailored);
    var answer = result("ask_kept", JsonObject.of("provider", "tailored"));
    assertThat(answer)
        .isEqualTo(JsonObject.of("status", 200)
            .put(
                "body",
                JsonObject.of("by", "acme/ann", "asked", JsonObject.of("operation", "who"))));
  }

  @Test
  void saysSoWhereNobodyKeepsAnything() {
    var refused =
        failure(ErrorCode.UPSTREAM_ERROR, "ask_kept", JsonObject.of("provider", "tailored"));
    assertThat(refused.getString("message"))
        .isEqualTo("No node runs tailored at the moment; try again shortly");
  }

  @Test
  void passesOnWhatTheOtherToolRefuses() {
    meet(tailored);
    var refused =
        failure(ErrorCode.INVALID_ARGUMENT, "ask", question("tailored", "form", new JsonObject()));
    assertThat(refused.getString("message")).contains("form").contains("/ann_field");
    assertThat(refused.getJsonObject("details").getJsonArray("violations")).hasSize(1);
  }

  @Test
  void saysNotFoundWhereTheCallerHasNoSuchTool() {
    meet(tailored);
    var refused =
        failure(ErrorCode.NOT_FOUND, "ask", question("tailored", "only_bob", new JsonObject()));
    assertThat(refused.getString("message")).isEqualTo("Unknown tool: only_bob");
  }

  @Test
  void tellsNothingOfABugOfTheOther() {
    meet(new CrashingTools());
    var refused =
        failure(ErrorCode.INTERNAL, "ask", question("crashing", "fail", new JsonObject()));
    assertThat(refused.getString("message"))
        .startsWith("crashing: Internal error")
        .contains(refused.getString("correlation_id"))
        .doesNotContain(CrashingTools.SECRET);
  }

  @Test
  void takesAToolsOwnWordsForAFailureToo() {
    meet(new CrashingTools());
    failure(ErrorCode.INTERNAL, "ask", question("crashing", "forget_output", new JsonObject()));
  }

  @Test
  void saysSoWhereNobodyRunsTheOther() {
    var refused =
        failure(ErrorCode.UPSTREAM_ERROR, "ask", question("tailored", "form", new JsonObject()));
    assertThat(refused.getString("message"))
        .isEqualTo("No node runs tailored at the moment; try again shortly");
    assertThat(refused.getBoolean("retryable")).isTrue();
  }

  @Test
  void waitsNoLongerThanItIsWaitedForAndGivesTheOtherCallUp() {
    var patient = new PatientTools();
    meet(patient);
    var call = gateway().newCall("ask", question("patient", "wait", new JsonObject()));
    var outcome = gateway().send(announcement(), call.within(200)).otherwiseEmpty();
    assertThat(patient.begun().caller()).isEqualTo(CALLER);
    patient.cancelled().await();
    outcome.await();
  }

  @Test
  void failsAtOnceWhereTheOthersNodeIsLost() {
    var patient = new PatientTools();
    meet(patient);
    var answer = gateway()
        .send(
            announcement(),
            gateway().newCall("ask", question("patient", "wait", new JsonObject())));
    patient.begun();
    node().vertx().eventBus().publish(Bus.NODE_LEFT, node().node().id());
    var result = (Outcome.Result) answer.await();
    assertThat(result.failure()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(result.json().toString()).contains("whether the call took effect is not known");
  }

  @Test
  void asksAnotherInstanceWhereTheNodeOfTheFirstIsLost() {
    pretendThatOneIsHere("silent", "other-node");
    var asked = Promise.<Void>promise();
    node()
        .vertx()
        .eventBus()
        .consumer(Bus.addressOf("tailored", "silent"), any -> asked.tryComplete());
    var call = gateway().newCall("ask", question("tailored", "only_ann", new JsonObject()));
    var answer = gateway().send(announcement(), call);
    asked.future().await();
    node().deploy(tailored);
    listener().nextArrivalOf("tailored");
    node().vertx().eventBus().publish(Bus.NODE_LEFT, "other-node");
    assertThat(((Outcome.Result) answer.await()).failure()).isNull();
  }

  @Test
  void asksAnotherInstanceWhereNobodyIsAtTheAddress() {
    pretendThatOneIsHere();
    node().deploy(tailored);
    listener().nextArrivalOf("tailored");
    for (int i = 0; i < 3; i++) {
      result("ask", question("tailored", "only_ann", new JsonObject()));
    }
  }

  @Test
  void hasToolsWhereTheOtherHasSomeAndSaysSoWhenThatTurns() {
    assertThat(ownTools()).isEmpty();
    meet(tailored);
    assertThat(ownTools()).containsExactly("count_tools");
    var changes = new Changes(node());
    tailored.instead.add(Future.succeededFuture(Provision.nothing()));
    tailored.changed("acme");
    assertThat(changes.next("curious").getString("account")).isEqualTo("acme");
    assertThat(ownTools()).isEmpty();
  }

  private void meet(ToolVerticle other) {
    var changes = new Changes(node());
    node().deploy(other);
    if (other instanceof TailoredTools) {
      changes.next("curious");
    } else {
      listener().nextArrivalOf(other.name());
    }
  }

  /** An instance that announced itself and is gone. */
  private void pretendThatOneIsHere() {
    pretendThatOneIsHere("nobody", node().node().id());
  }

  private void pretendThatOneIsHere(String id, String on) {
    var instance = new Announcement.Instance("tailored", id, on, "1.2.3");
    var body = new Announcement(instance, Announcement.Traits.NONE, Announcement.Offers.NONE);
    new SignedMessage(node().node())
        .publish(node().vertx(), Bus.ANNOUNCE, "announce", id, body.toBuffer());
    listener().nextArrivalOf("tailored");
  }

  private List<String> ownTools() {
    var provided = (Outcome.Result) gateway().provide(announcement(), CALLER).await();
    return Provided.fromBuffer(provided.json()).offers().tools().stream()
        .map(Announcement.OfferedTool::name)
        .toList();
  }

  private static JsonObject question(String provider, String tool, JsonObject arguments) {
    return new JsonObject().put("provider", provider).put("tool", tool).put("arguments", arguments);
  }

  /** What is told of provisions that have changed. */
  private static final class Changes {
    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();

    Changes(LoneNode node) {
      node.vertx()
          .eventBus()
          .<Buffer>consumer(Bus.CHANGED, message -> heard.add(message.body().toJsonObject()))
          .completion()
          .await();
    }

    JsonObject next(String provider) {
      try {
        var next = heard.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("a change of %s", provider).isNotNull();
        return provider.equals(next.getString("provider")) ? next : next(provider);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
