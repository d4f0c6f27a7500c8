package io.umbel.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Roster.Leave;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who offers what, and whose word counts where two say different things. */
class CatalogTest {

  private final Catalog catalog = new Catalog(Visibility.ALL);

  @Test
  void atFirstThereIsNothing() {
    assertThat(catalog.everyones().all(Kind.TOOL)).isEmpty();
    assertThat(catalog.everyones().find(Kind.TOOL, "add")).isEmpty();
    assertThat(catalog.everyones().find(Kind.TOOL, null)).isEmpty();
    assertThat(catalog.hasProvider("demo")).isFalse();
  }

  @Test
  void listAndCallLookThroughTheSameWindow() {
    catalog.here(one("demo", "a", "1.0.0", tool("multiply", "x"), tool("add", "x")));
    assertThat(catalog.everyones().all(Kind.TOOL).keySet()).containsExactly("add", "multiply");
    assertThat(catalog.everyones().find(Kind.TOOL, "add"))
        .hasValue(catalog.everyones().all(Kind.TOOL).get("add"));
    assertThat(catalog.everyones().find(Kind.TOOL, "Add")).isEmpty();
    assertThat(catalog.everyones().find(Kind.TOOL, null)).isEmpty();
    assertThat(catalog.hasProvider("demo")).isTrue();
  }

  @Test
  void whatServersOfOthersSayOfTheirToolsIsBelievedOnlyWhereTheOperatorDoes() {
    var hints = JsonObject.of("readOnlyHint", true, "idempotentHint", true);
    var definition = JsonObject.of("name", "git_log", "annotations", hints);
    for (var tags : List.of(List.of("git"), List.of("upstream"), List.of("upstream", "trusted"))) {
      var offered = new OfferedTool(definition, tags, 1_000);
      catalog.here(one("t" + tags.size() + tags.get(0), "a" + tags, "1.0.0", offered));
      var believed = !tags.equals(List.of("upstream"));
      var found = catalog.everyones().find(Kind.TOOL, "git_log").orElseThrow();
      assertThat(found.isReadOnly()).isEqualTo(believed);
      assertThat(found.terms().repeatable()).isEqualTo(believed);
      catalog.gone(
          one("t" + tags.size() + tags.get(0), "a" + tags, "1.0.0", offered), Leave.GOODBYE);
    }
  }

  @Test
  void instancesThatSayTheSameAnswerTogether() {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "x")));
    catalog.here(one("demo", "b", "1.0.0", tool("add", "x")));
    assertThat(instancesOf("add")).containsExactly("a", "b");
  }

  @Test
  void theNewestVersionsDefinitionWinsAndOnlyItsInstancesAnswer() {
    catalog.here(one("demo", "a", "1.9.3", tool("add", "old"), tool("gone", "x")));
    catalog.here(one("demo", "b", "1.10.0", tool("add", "new"), tool("fresh", "x")));
    assertThat(descriptionOf("add")).isEqualTo("new");
    assertThat(instancesOf("add")).containsExactly("b");
    assertThat(instancesOf("gone")).containsExactly("a");
    assertThat(instancesOf("fresh")).containsExactly("b");
  }

  @Test
  void anOlderVersionAnswersForWhatItDefinesAlike() {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "x")));
    catalog.here(one("demo", "b", "2.0.0", tool("add", "x")));
    assertThat(instancesOf("add")).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void theOlderVersionIsBackWhenTheNewerOneLeaves() {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "old")));
    catalog.here(one("demo", "b", "2.0.0", tool("add", "new")));
    catalog.gone(one("demo", "b", "2.0.0"), Leave.GOODBYE);
    assertThat(descriptionOf("add")).isEqualTo("old");
    assertThat(instancesOf("add")).containsExactly("a");
  }

  @Test
  void aSecondDefinitionInOneVersionIsRefusedUntilTheFirstIsGone() {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "first")));
    catalog.here(one("demo", "b", "1.0.0", tool("add", "second")));
    assertThat(descriptionOf("add")).isEqualTo("first");
    assertThat(instancesOf("add")).containsExactly("a");
    catalog.gone(one("demo", "a", "1.0.0"), Leave.SILENT);
    assertThat(descriptionOf("add")).isEqualTo("second");
  }

  @Test
  void aDefinitionDiffersByItsTagsAndItsTimeOut() {
    var definition = JsonObject.of("name", "add");
    catalog.here(one("demo", "a", "1.0.0", new OfferedTool(definition, List.of(), 1_000)));
    catalog.here(one("demo", "b", "1.0.0", new OfferedTool(definition, List.of("t"), 1_000)));
    catalog.here(one("demo", "c", "1.0.0", new OfferedTool(definition, List.of(), 2_000)));
    catalog.here(one("demo", "d", "1.0.0", new OfferedTool(definition.copy(), List.of(), 1_000)));
    assertThat(instancesOf("add")).containsExactly("a", "d");
  }

  @Test
  void aNameThatAnotherProviderOffersIsRefusedWhateverItsVersion() {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "demo's")));
    catalog.here(one("other", "b", "9.0.0", tool("add", "other's"), tool("own", "x")));
    assertThat(descriptionOf("add")).isEqualTo("demo's");
    assertThat(instancesOf("add")).containsExactly("a");
    assertThat(instancesOf("own")).containsExactly("b");
  }

  @Test
  void theRefusedNameAppearsWhenTheFirstProviderLeaves() {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "demo's")));
    catalog.here(one("other", "b", "1.0.0", tool("add", "other's")));
    catalog.gone(one("demo", "a", "1.0.0"), Leave.NODE_LEFT);
    assertThat(descriptionOf("add")).isEqualTo("other's");
    catalog.here(one("demo", "c", "1.0.0", tool("add", "demo's")));
    assertThat(descriptionOf("add")).isEqualTo("other's");
  }

  /** As in a rolling upgrade: its first instance leaves while the provider stays. */
  @Test
  void aProviderKeepsItsNamesAsLongAsOneOfItsInstancesIsHere() {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "demo's")));
    catalog.here(one("other", "b", "1.0.0", tool("add", "other's")));
    catalog.here(one("demo", "c", "1.0.1", tool("add", "demo's")));
    catalog.gone(one("demo", "a", "1.0.0"), Leave.GOODBYE);
    assertThat(descriptionOf("add")).isEqualTo("demo's");
    assertThat(instancesOf("add")).containsExactly("c");
  }

  @Test
  void whatAnInstanceAnnouncesAnewReplacesWhatItAnnouncedBefore() {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "x"), tool("gone", "x")));
    var replica =
        catalog.everyones().find(Kind.TOOL, "add").orElseThrow().replicas().get(0);
    catalog.here(one("demo", "a", "1.0.0", tool("add", "y"), tool("fresh", "x")));
    assertThat(catalog.everyones().all(Kind.TOOL).keySet()).containsExactly("add", "fresh");
    assertThat(descriptionOf("add")).isEqualTo("y");
    assertThat(catalog.everyones().find(Kind.TOOL, "add").orElseThrow().replicas())
        .containsExactly(replica);
  }

  @Test
  void oneMalformedDefinitionHarmsNoOther() {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "x")));
    var odd = JsonObject.of("name", "odd").putNull("annotations");
    var worse = JsonObject.of("name", "worse", "annotations", "none");
    var worst = JsonObject.of("name", "worst");
    worst.put("annotations", JsonObject.of("readOnlyHint", "yes", "idempotentHint", 1));
    var unnamed = List.of(new JsonObject(), new JsonObject().putNull("name").putNull("uri"));
    catalog.here(new Announcement(
        new Instance("odd", "b", "node-b", "1.0.0"),
        Traits.NONE,
        new Offers(
            Stream.of(odd, worse, worst)
                .map(definition -> new OfferedTool(definition, List.of(), 1))
                .toList(),
            unnamed,
            unnamed,
            unnamed)));
    assertThat(catalog.everyones().all(Kind.TOOL).keySet())
        .containsExactly("add", "odd", "worse", "worst");
    assertThat(catalog.everyones().find(Kind.TOOL, "worst").orElseThrow().isReadOnly())
        .isFalse();
    assertThat(catalog.everyones().all(Kind.PROMPT)).isEmpty();
    assertThat(catalog.everyones().all(Kind.RESOURCE)).isEmpty();
    assertThat(catalog.everyones().all(Kind.TEMPLATE)).isEmpty();
  }

  @Test
  void whoeverWasNeverHereCanLeave() {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "x")));
    catalog.gone(one("demo", "z", "1.0.0", tool("add", "x")), Leave.UNREACHABLE);
    assertThat(instancesOf("add")).containsExactly("a");
  }

  @ParameterizedTest
  @EnumSource
  void callsThatWaitAreToldWhenNoAnswerCanComeAnyMore(Leave why) {
    catalog.here(one("demo", "a", "1.0.0", tool("add", "x")));
    var replica =
        catalog.everyones().find(Kind.TOOL, "add").orElseThrow().replicas().get(0);
    var told = new boolean[1];
    replica.waits(() -> told[0] = true);
    catalog.gone(one("demo", "a", "1.0.0"), why);
    assertThat(told[0]).isEqualTo(why == Leave.NODE_LEFT || why == Leave.SILENT);
    assertThat(catalog.everyones().find(Kind.TOOL, "add")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.10.0,1.9.3",
    "2.0.0,2.0.0-rc1",
    "2.0.0,2.0.0-SNAPSHOT",
    "2.0.0-rc1,1.9.9",
    "2.0.0-rc2,2.0.0-rc1",
    "2.0.0-rc.2,2.0.0-rc.1",
    "1.0.1,1.0",
    "1.0.0.1,1.0.0",
    "1.0.0.1,1.0.0-rc1",
    "1.0,1.0-beta",
    "10,9",
    "2,1.9",
    "1.0.0,''",
    "1.0.0,x",
    "20260101000000000000,20250101000000000000"
  })
  void theFirstVersionIsNewerThanTheSecond(String newer, String older) {
    assertThat(Version.compare(newer, older)).isPositive();
    assertThat(Version.compare(older, newer)).isNegative();
    assertThat(Version.compare(newer, newer)).isZero();
  }

  @Test
  void versionsHaveOneOrder() {
    var sorted = List.of("x", "1-a", "1-b", "1", "1.0-rc1", "1.0", "1.0.1", "1.2", "1.10", "2");
    for (var a : sorted) {
      for (var b : sorted) {
        var expected = Integer.compare(sorted.indexOf(a), sorted.indexOf(b));
        assertThat(Integer.signum(Version.compare(a, b))).as(a + " " + b).isEqualTo(expected);
      }
    }
  }

  private List<String> instancesOf(String tool) {
    return catalog.everyones().find(Kind.TOOL, tool).orElseThrow().replicas().stream()
        .map(replica -> replica.instance().id())
        .toList();
  }

  private String descriptionOf(String tool) {
    return catalog.everyones().find(Kind.TOOL, tool).orElseThrow().description();
  }

  private static OfferedTool tool(String name, String description) {
    var definition = JsonObject.of("name", name, "description", description);
    return new OfferedTool(definition, List.of(), 1_000);
  }

  private static Announcement one(String provider, String id, String version, OfferedTool... all) {
    return new Announcement(
        new Instance(provider, id, "node-" + id, version),
        Traits.NONE,
        Offers.ofTools(Arrays.asList(all)));
  }
}
