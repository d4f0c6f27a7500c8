package io.umbel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Caller;
import io.umbel.contract.Provision;
import io.umbel.contract.Schema;
import io.umbel.contract.TailoredTools;
import io.umbel.contract.Tool;
import io.umbel.gateway.GatewaySettings.Lists;
import io.umbel.gateway.access.KnownAccounts;
import io.umbel.gateway.catalog.Visibility;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers have of a provider: asked for once, kept, changed, late, failing, over. */
@Timeout(60)
class ProvisionsTest {

  private static final Caller ANN = new Caller("acme", "ann", null, null, Set.of());
  private static final Caller BOB = new Caller("acme", "bob", null, null, Set.of());
  private static final Caller CY = new Caller("other", "cy", null, null, Set.of());
  private static final String CHANGED = "notifications/tools/list_changed";

  private final MovableClock clock = new MovableClock();
  private final TailoredTools tools =
      new TailoredTools(Duration.ofMinutes(1), Duration.ofMinutes(2));
  private Gates gates;

  @AfterEach
  void stop() {
    gates.close();
  }

  @Test
  void fiftyFirstListsAtOnceAskOnce() {
    start();
    var lists = new ArrayList<Future<List<String>>>();
    for (int i = 0; i < 50; i++) {
      lists.add(gates.modern(0, ANN, "tools/list", new JsonObject()).map(ProvisionsTest::names));
    }
    Future.all(lists).await();
    assertThat(lists)
        .allSatisfy(
            list -> assertThat(list.result()).containsExactly("form", "only_ann", "whoami"));
    assertThat(tools.asked).containsExactly(ANN);
  }

  @Test
  void twoThatDifferInAnythingAreAskedForApart() {
    start();
    var scoped = new Caller("acme", "ann", null, null, Set.of("x"));
    var bound = new Caller("acme", "ann", "apollo", null, Set.of());
    for (var caller : List.of(ANN, scoped, bound, ANN, scoped, bound)) {
      names(0, caller);
    }
    assertThat(tools.asked).containsExactly(ANN, scoped, bound);
  }

  @Test
  void aFailingProviderCostsOnlyItsOwnOffersAndIsAskedAgainAfterAPause() {
    start();
    tools.instead.add(Future.failedFuture("broken"));
    assertThat(names(0, ANN)).containsExactly("whoami");
    assertThat(names(0, ANN)).containsExactly("whoami");
    assertThat(tools.asked).hasSize(1);
    assertThat(names(0, CY)).containsExactly("form", "only_cy", "whoami");
    assertThat(counted("failed")).isEqualTo(1);
    clock.move(Duration.ofSeconds(6));
    names(0, ANN);
    Gates.until(() -> names(0, ANN), List.of("form", "only_ann", "whoami"));
  }

  @Test
  void aSlowProviderHoldsUpTheFirstListForTwoSecondsAndNoLaterOne() {
    start();
    tools.instead.add(Promise.<Provision>promise().future());
    var started = System.nanoTime();
    assertThat(names(0, ANN)).containsExactly("whoami");
    var first = System.nanoTime();
    assertThat(first - started).isBetween(1_500_000_000L, 6_000_000_000L);
    tools.instead.add(Promise.<Provision>promise().future());
    clock.move(Duration.ofSeconds(6));
    assertThat(names(0, ANN)).containsExactly("whoami");
    assertThat(names(0, ANN)).containsExactly("whoami");
    assertThat(System.nanoTime() - first).isLessThan(1_500_000_000L);
    Gates.until(() -> tools.asked.size(), 2);
    assertThat(counted("silent")).isEqualTo(1);
  }

  @Test
  void aStreamHearsOfWhatCameLate() {
    start();
    tools.instead.add(Future.failedFuture("broken"));
    assertThat(names(0, ANN)).containsExactly("whoami");
    var heard = gates.listen(0, ANN);
    clock.move(Duration.ofSeconds(6));
    names(0, ANN);
    assertThat(Gates.next(heard)).isEqualTo(CHANGED);
    assertThat(names(0, ANN)).containsExactly("form", "only_ann", "whoami");
  }

  @Test
  void whatIsOverIsAskedForAgainAndShownALittleLongerWhereNobodyAnswers() {
    start();
    names(0, ANN);
    clock.move(Duration.ofSeconds(59));
    names(0, ANN);
    assertThat(tools.asked).hasSize(1);
    clock.move(Duration.ofSeconds(2));
    tools.instead.add(Future.failedFuture("broken"));
    assertThat(names(0, ANN)).containsExactly("form", "only_ann", "whoami");
    assertThat(tools.asked).hasSize(2);
    clock.move(Duration.ofMinutes(3));
    tools.instead.add(Future.failedFuture("broken"));
    assertThat(names(0, ANN)).containsExactly("whoami");
  }

  @Test
  void aChangeOfOneAccountReachesItsStreamsOnlyAtBothGateways() {
    start();
    var ann = gates.listen(0, ANN);
    var bob = gates.listen(1, BOB);
    var cy = gates.listen(1, CY);
    for (var caller : List.of(ANN, BOB, CY)) {
      names(0, caller);
      names(1, caller);
    }
    tools.rename("acme", "sheet");
    assertThat(Gates.next(ann)).isEqualTo(CHANGED);
    assertThat(Gates.next(bob)).isEqualTo(CHANGED);
    assertThat(names(1, ANN)).containsExactly("only_ann", "sheet", "whoami");
    tools.rename("other", "page");
    assertThat(Gates.next(cy)).isEqualTo(CHANGED);
    assertThat(ann).isEmpty();
    assertThat(bob).isEmpty();
    assertThat(cy).isEmpty();
  }

  @Test
  void whatIsAnnouncedAsChangedButIsTheSameIsToldToNobody() {
    start();
    var ann = gates.listen(0, ANN);
    names(0, ANN);
    tools.changed(null);
    Gates.until(() -> tools.asked.size() > 1, true);
    tools.rename("acme", "sheet");
    assertThat(Gates.next(ann)).isEqualTo(CHANGED);
    assertThat(ann).isEmpty();
  }

  @Test
  void aCallerGetsNoToolByANameThatIsTakenOrThatTheOperatorHides() {
    start("disable name:hidden", "disable tag:secret");
    tools.instead.add(Future.succeededFuture(Provision.of(
        List.of(tool("whoami"), tool("hidden"), tool("tagged").tagged("secret"), tool("mine")))));
    assertThat(names(0, ANN)).containsExactly("mine", "whoami");
    assertThat(call(0, ANN, "hidden").getJsonObject("error").getString("message"))
        .isEqualTo("Unknown tool: hidden");
    assertThat(Talk.text(call(0, ANN, "whoami"))).isEqualTo("ann");
  }

  @Test
  void whatAProviderThatIsGoneHadForACallerIsGoneToo() {
    start();
    var own = gates.deploy(new TailoredTools());
    names(0, ANN);
    gates.vertx().undeploy(own).await();
    assertThat(names(0, ANN)).containsExactly("form", "only_ann", "whoami");
    gates.vertx().undeploy(tools.deploymentID()).await();
    Gates.until(() -> names(0, ANN), List.of());
    assertThat(call(0, ANN, "form").getJsonObject("error").getString("message"))
        .isEqualTo("Unknown tool: form");
  }

  private void start(String... rules) {
    var lists = new Lists(100, Duration.ZERO, Visibility.of(List.of(rules)));
    gates = new Gates(clock, GatewaySettings.defaults().listing(lists), new KnownAccounts(), tools);
  }

  private static Tool tool(String name) {
    return Tool.named(name, name, Schema.object(), call -> null).readOnly();
  }

  private JsonObject call(int gate, Caller caller, String name) {
    return gates.modern(gate, caller, "tools/call", Talk.tool(name)).await();
  }

  private List<String> names(int gate, Caller caller) {
    return names(gates.modern(gate, caller, "tools/list", new JsonObject()).await());
  }

  private double counted(String result) {
    var counter = gates.registry.find("mcp.provisions").tags("result", result).counter();
    return counter == null ? 0 : counter.count();
  }

  private static List<String> names(JsonObject answer) {
    return answer.getJsonObject("result").getJsonArray("tools").stream()
        .map(tool -> ((JsonObject) tool).getString("name"))
        .toList();
  }
}
