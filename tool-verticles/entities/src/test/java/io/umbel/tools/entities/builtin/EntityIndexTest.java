package io.umbel.tools.entities.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.Json;
import io.umbel.contract.ToolFailure;
import io.umbel.tools.entities.find.Found;
import io.umbel.tools.entities.find.Found.Hit;
import io.umbel.tools.entities.find.Wanted;
import io.umbel.tools.entities.settings.EntityType;
import io.umbel.tools.entities.settings.Field;
import io.umbel.tools.entities.settings.Fuzziness;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityIndexTest {

  private static final Field NAME = new Field("name", 3, Fuzziness.AUTO, 0);
  private static final Field EMAIL = new Field("email", 2.5, Fuzziness.NONE, 0);

  @ParameterizedTest
  @CsvSource({
    "it, it, true", "it, is, false", "bob, bub, true", "bob, bubb, false", "peter, petr, true",
        "peter, pterr, false",
    "london, lodnon, true", "london, lomdun, true", "london, lemdun, false", "london, lndn, false",
        "müller, muller, true", "Ärzte, ärzte, true"
  })
  void automaticFuzzinessGoesByTheLengthOfTheWord(String name, String query, boolean found) {
    assertThat(find(index(type(NAME), name), query).total()).isEqualTo(found ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"ONE, boob, true", "ONE, boobs, false", "TWO, boobs, true", "NONE, boob, false"})
  void anyOtherFuzzinessIsTheSameForAllWords(Fuzziness fuzziness, String query, boolean found) {
    var index = index(type(new Field("name", 1, fuzziness, 0)), "bob");
    assertThat(find(index, query).total()).isEqualTo(found ? 1 : 0);
  }

  @Test
  void fuzzinessZeroWantsTheWholePhrase() {
    var index = index(type(new Field("name", 1, Fuzziness.NONE, 0)), "ann b archer", "archer ann");
    assertThat(ids(find(index, "ann archer"))).isEmpty();
    assertThat(ids(find(index, "archer ann"))).containsExactly("01");
    assertThat(ids(find(index, "B Archer"))).containsExactly("00");
  }

  @Test
  void anyFieldAndAnyWordWillDoAndTheBestFieldIsTheScore() throws IOException {
    var index = EntityIndex.of(
        type(NAME, EMAIL),
        List.of(
            entity("a", "name", "Ann Archer", "email", "ann@acme.example"),
            entity("b", "name", "Bob", "email", "bob@acme.example")));
    assertThat(ids(find(index, "archer builder"))).containsExactly("a");
    assertThat(ids(find(index, "bob@acme.example"))).containsExactly("b");
    var byName = find(EntityIndex.of(type(NAME), both()), "ann").hits().get(0).score();
    var byBoth = find(index, "ann").hits().get(0).score();
    assertThat(byBoth).isEqualTo(byName);
  }

  @Test
  void aThresholdKeepsExactlyWhatReachesIt() {
    var index = index(type(NAME), "anna", "anna maria", "anna maria luisa", "ana");
    var all = find(index, "anna");
    assertThat(all.total()).isEqualTo(4);
    for (var i = 0; i < 4; i++) {
      var score = all.hits().get(i).shownScore();
      assertThat(find(index, "anna", score).hits())
          .as("%s", score)
          .isEqualTo(all.hits().subList(0, i + 1));
      assertThat(find(index, "anna", score + 1e-9).total()).isEqualTo(i);
      assertThat(find(index, "anna", score - 1e-9).total()).isEqualTo(i + 1);
    }
    assertThat(find(index, "anna", 0.0)).isEqualTo(all);
  }

  @Test
  void aFieldThatDoesNotReachItsThresholdCountsForNothing() throws IOException {
    var strict = new Field("name", 3, Fuzziness.AUTO, 100);
    var index = EntityIndex.of(type(strict, EMAIL), both());
    var found = find(index, "ann");
    assertThat(ids(found)).containsExactly("a");
    assertThat(found.hits().get(0).score())
        .isEqualTo(
            find(EntityIndex.of(type(EMAIL), both()), "ann").hits().get(0).score());
    assertThat(ids(find(index, "archer"))).isEmpty();
    assertThat(ids(find(index, "archer", 0.0))).containsExactly("a");
  }

  @Test
  void equalScoresComeByIdOnAllPages() {
    var index = index(
        type(NAME), IntStream.range(0, 2_500).mapToObj(i -> "same name").toArray(String[]::new));
    var all = find(index, "name", 0, 2_500);
    assertThat(all.total()).isEqualTo(2_500);
    assertThat(ids(all)).isSorted().hasSize(2_500);
    for (var offset : List.of(0, 1, 99, 2_400, 2_499)) {
      assertThat(find(index, "name", offset, 7).hits())
          .isEqualTo(all.hits().subList(offset, Math.min(offset + 7, 2_500)));
    }
  }

  @Test
  void scoresNeverRiseAlongAPage() {
    var random = new Random(7);
    var names = Stream.generate(
            () -> "anna ".repeat(1 + random.nextInt(4)) + "x ".repeat(random.nextInt(9)))
        .limit(500)
        .toArray(String[]::new);
    var hits = find(index(type(NAME), names), "anna", 0, 500).hits();
    assertThat(hits)
        .hasSize(500)
        .isSortedAccordingTo((one, other) -> one.score() == other.score()
            ? one.id().compareTo(other.id())
            : Float.compare(other.score(), one.score()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "?",
        "*:*",
        "name:ann",
        "a* OR b*",
        "\"",
        "(((",
        ")",
        "[a TO z]",
        "~2",
        "^9",
        "\\",
        "/.*/",
        "&& ||",
        "!",
        "-ann +",
        "{!x}",
        "' OR 1=1 --",
        "\u0000",
        "\uD800",
        "\u202E",
        "🙂🙂",
        "${jndi:ldap://x}",
        "%00",
        "../../etc/passwd",
        "{\"match_all\":{}}"
      })
  void whatLooksLikeALanguageIsText(String query) {
    var index = index(type(NAME, EMAIL), "zebra crossing", "quorum");
    assertThat(find(index, query).total()).isZero();
    assertThat(ids(find(index, query + " zebra"))).containsExactly("00");
  }

  @Test
  void findsWordsOfAnyScript() {
    var index =
        index(type(NAME), "Łukasz Żółć", "Ольга Петрова", "東京本社", "محمد", "🙂 office", "Zoe\u0308");
    assertThat(ids(find(index, "ŁUKASZ"))).containsExactly("00");
    assertThat(ids(find(index, "ольга"))).containsExactly("01");
    assertThat(ids(find(index, "東京"))).containsExactly("02");
    assertThat(ids(find(index, "محمد"))).containsExactly("03");
    assertThat(ids(find(index, "🙂"))).containsExactly("04");
    assertThat(ids(find(index, "zo\u00EB"))).containsExactly("05");
  }

  @Test
  void takesTheLongestWordsAndNoMoreThan64OfThem() {
    var index = index(type(NAME), "x".repeat(250), "short");
    assertThat(ids(find(index, "x".repeat(248)))).containsExactly("00");
    assertThat(ids(find(index, "abcdef ".repeat(63) + "short"))).containsExactly("01");
    assertThatThrownBy(() -> find(index, "abc ".repeat(65)))
        .isInstanceOfSatisfying(
            ToolFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessage("query has 65 words: look for at most 64 at once");
  }

  @Test
  void manyWordsThatEachFitManyOthersAreNoTooManyClauses() {
    var letters = "abcdefghijklmnopqrstuvwxyz";
    var names = IntStream.range(0, 5_000)
        .mapToObj(i ->
            "word" + letters.charAt(i % 26) + letters.charAt(i / 26 % 26) + letters.charAt(i / 676))
        .toArray(String[]::new);
    var query = IntStream.range(0, 64)
        .mapToObj(i -> "wrd" + letters.charAt(i % 26) + letters.charAt(i / 26) + "a")
        .toList();
    assertThat(find(index(type(NAME), names), String.join(" ", query)).total()).isPositive();
  }

  private static List<Entity> both() {
    return List.of(
        entity("a", "name", "Ann Archer", "email", "ann@acme.example"),
        entity("b", "name", "Bob", "email", "bob@acme.example"));
  }

  static EntityType type(Field... fields) {
    return new EntityType("user", 10, 100, List.of(fields));
  }

  private static EntityIndex index(EntityType type, String... names) {
    try {
      return EntityIndex.of(
          type,
          IntStream.range(0, names.length)
              .mapToObj(i -> entity(
                  names.length > 100 ? "%05d".formatted(i) : "%02d".formatted(i), "name", names[i]))
              .toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Entity entity(String id, Object... members) {
    var json = new JsonObject().put("id", id);
    for (var i = 0; i < members.length; i += 2) {
      json.put((String) members[i], members[i + 1]);
    }
    try {
      return Entity.of(Json.MAPPER.readTree(json.encode()));
    } catch (IOException | Entity.Unusable e) {
      throw new AssertionError(e);
    }
  }

  private static Found find(EntityIndex index, String query, Double minScore) {
    return find(index, new Wanted(query, 0, 100, minScore, null));
  }

  private static Found find(EntityIndex index, String query) {
    return find(index, query, null);
  }

  private static Found find(EntityIndex index, String query, int offset, int limit) {
    return find(index, new Wanted(query, offset, limit, null, null));
  }

  private static Found find(EntityIndex index, Wanted wanted) {
    try {
      return index.find(wanted);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> ids(Found found) {
    return found.hits().stream().map(Hit::id).toList();
  }
}
