package io.umbel.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which of these are shown: tools a (tags x, y), b (x) and c (none), and one of each other kind.
 */
class VisibilityTest {

  private static final Map<String, List<String>> TAGS =
      Map.of("a", List.of("x", "y"), "b", List.of("x"), "c", List.of());
  private static final String URI = "app://one";
  private static final String TEMPLATE = "app://{any}";

  @Test
  void showsEverythingWhereThereAreNoRules() {
    assertThat(shown()).containsExactly("a", "b", "c");
  }

  @Test
  void hidesWhatHasOneOfTheTagsOrNames() {
    assertThat(shown("disable tag:y")).containsExactly("b", "c");
    assertThat(shown("disable tag:x")).containsExactly("c");
    assertThat(shown("disable tag:y name:c")).containsExactly("b");
    assertThat(shown("disable tag:X name:A")).containsExactly("a", "b", "c");
  }

  @Test
  void showsOnlyWhatItIsToldToShowOnly() {
    assertThat(shown("enable-only tag:y tool:c")).containsExactly("a", "c");
    assertThat(shown("enable-only tag:none")).isEmpty();
    assertThat(shown("enable tag:y")).containsExactly("a", "b", "c");
  }

  @Test
  void letsALaterRuleOverrideAnEarlierOne() {
    assertThat(shown("disable tag:x", "enable name:a")).containsExactly("a", "c");
    assertThat(shown("enable name:a", "disable tag:x")).containsExactly("c");
    assertThat(shown("disable name:c", "enable-only tag:x", "disable tag:y")).containsExactly("b");
    assertThat(shown("enable-only tag:y", "enable-only name:c")).containsExactly("c");
  }

  @Test
  void tellsPromptsResourcesAndTemplatesByTheirNames() {
    assertThat(catalog("disable prompt:a").everyones().find(Kind.TOOL, "a")).isPresent();
    assertThat(catalog("disable prompt:a").everyones().find(Kind.PROMPT, "a")).isEmpty();
    assertThat(catalog("disable name:a").everyones().find(Kind.PROMPT, "a")).isEmpty();
    assertThat(catalog("disable template:" + TEMPLATE).everyones().findResource("app://x"))
        .isEmpty();
    assertThat(catalog("enable-only tag:x").everyones().find(Kind.PROMPT, "a")).isEmpty();
  }

  @Test
  void readsAHiddenResourceByNoTemplateEither() {
    assertThat(catalog("disable resource:" + URI).everyones().findResource(URI)).isEmpty();
    assertThat(catalog("disable resource:" + URI).everyones().findResource("app://two"))
        .isPresent();
  }

  @Test
  void bringsNothingToLightByHiding() {
    var catalog = catalog("disable tag:x");
    catalog.here(announcement("other", "1.0.0", tool("a", List.of())));
    catalog.here(announcement("sample", "0.9.0", tool("b", List.of())));
    assertThat(names(catalog, Kind.TOOL)).containsExactly("c");
  }

  @Test
  void tellsNobodyThatSomethingHiddenHasCome() {
    var catalog = catalog("disable tag:x");
    var before = catalog.everyones();
    catalog.here(announcement("other", "1.0.0", tool("d", List.of("x"))));
    assertThat(catalog.everyones().hasSameAs(before, Kind.TOOL)).isTrue();
    catalog.here(announcement("more", "1.0.0", tool("e", List.of("y"))));
    assertThat(catalog.everyones().hasSameAs(before, Kind.TOOL)).isFalse();
    assertThat(catalog.everyones().hasSameAs(before, Kind.PROMPT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "disable",
        "disable ",
        "disable demo",
        "disable tag:",
        "hide tag:demo",
        "Disable tag:demo",
        "disable tag:demo,name:x",
        "disable tag:demo and name:x",
        "enable only tag:demo",
        " enable tag:demo"
      })
  void saysWhatARuleHasToBe(String rule) {
    assertThatThrownBy(() -> Visibility.of(List.of("disable tag:x", rule)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + rule + "\": expected " + Visibility.EXPECTED);
  }

  /** Against a second way to tell: the last rule that decides on a tool decides. */
  @Test
  void listsExactlyWhatCanBeCalledWhateverTheRules() {
    var random = new Random(20260728);
    for (int round = 0; round < 2_000; round++) {
      var rules = rules(random);
      var catalog = catalog(rules.toArray(String[]::new));
      var listed = names(catalog, Kind.TOOL);
      for (var name : TAGS.keySet()) {
        var found = catalog.everyones().find(Kind.TOOL, name).isPresent();
        assertThat(found).as("%s under %s", name, rules).isEqualTo(listed.contains(name));
        assertThat(found).as("%s under %s", name, rules).isEqualTo(lastWord(name, rules));
      }
      for (var kind : List.of(Kind.PROMPT, Kind.RESOURCE, Kind.TEMPLATE)) {
        var name = Map.of(Kind.PROMPT, "a", Kind.RESOURCE, URI).getOrDefault(kind, TEMPLATE);
        assertThat(catalog.everyones().find(kind, name).isPresent())
            .as("%s %s under %s", kind, name, rules)
            .isEqualTo(names(catalog, kind).contains(name));
      }
    }
  }

  private static boolean lastWord(String tool, List<String> rules) {
    for (int last = rules.size() - 1; last >= 0; last--) {
      var rule = rules.get(last);
      var fits = (rule + " ").contains("name:" + tool + " ")
          || (rule + " ").contains("tool:" + tool + " ")
          || TAGS.get(tool).stream().anyMatch(tag -> (rule + " ").contains("tag:" + tag + " "));
      if (fits || rule.startsWith("enable-only")) {
        return fits && !rule.startsWith("disable");
      }
    }
    return true;
  }

  private static List<String> rules(Random random) {
    var verbs = List.of("enable", "disable", "enable-only");
    var about = List.of(
        "tag:x",
        "tag:y",
        "tag:z",
        "name:a",
        "name:b",
        "tool:c",
        "prompt:a",
        "name:" + URI,
        "template:" + TEMPLATE);
    var rules = new ArrayList<String>();
    for (int count = random.nextInt(6); count > 0; count--) {
      var rule = new StringBuilder(verbs.get(random.nextInt(verbs.size())));
      for (int more = random.nextInt(3); more >= 0; more--) {
        rule.append(" ").append(about.get(random.nextInt(about.size())));
      }
      rules.add(rule.toString());
    }
    return rules;
  }

  private static Iterable<String> shown(String... rules) {
    return names(catalog(rules), Kind.TOOL);
  }

  private static Set<String> names(Catalog catalog, Kind kind) {
    return new TreeSet<>(catalog.everyones().all(kind).keySet());
  }

  private static Catalog catalog(String... rules) {
    var catalog = new Catalog(Visibility.of(List.of(rules)));
    var tools = TAGS.keySet().stream().sorted().map(name -> tool(name, TAGS.get(name)));
    catalog.here(announcement("sample", "1.0.0", tools.toArray(OfferedTool[]::new)));
    return catalog;
  }

  private static OfferedTool tool(String name, List<String> tags) {
    return new OfferedTool(new JsonObject().put("name", name), tags, 1_000);
  }

  private static Announcement announcement(String provider, String version, OfferedTool... tools) {
    var offers = new Offers(
        List.of(tools),
        List.of(new JsonObject().put("name", "a")),
        List.of(new JsonObject().put("uri", URI)),
        List.of(new JsonObject().put("uriTemplate", TEMPLATE)));
    var instance = new Instance(provider, provider + version, "node", version);
    return new Announcement(instance, Traits.NONE, offers);
  }
}
