package io.umbel.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.ErrorCode;
import io.umbel.storage.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Searching by meaning, with a model on a server of its own that may be well or not. */
class MeaningTest extends SearchFamily {

  private final Vertx elsewhere = Vertx.vertx();
  private final WordModel model = new WordModel(elsewhere);

  @Override
  protected JsonObject configuration() {
    var access = JsonObject.of("url", model.base().toString(), "model", "words", "key", "s3cret");
    return JsonObject.of(SearchTools.EMBEDDINGS, access);
  }

  @AfterEach
  void closeTheModel() {
    elsewhere.close().await();
  }

  @Test
  void findsWhatMeansTheSameInOtherWords() {
    issues.put("acme", "WEB-1", text("The ferry is late", "Nobody knows why."));
    issues.put(
        "acme",
        "WEB-2",
        text("Colours", "Blue.").put("comments", JsonArray.of(IssuesTools.comment("b", "vessel"))));
    awaitVectors(3);
    var answer = found(ANN, similar("ship"));
    assertThat(keys(answer)).isEqualTo("(WEB-2) WEB-1");
    assertThat(results(answer).get(0).getDouble("similarity")).isEqualTo(1.0);
    assertThat(results(answer).get(1).getDouble("similarity")).isBetween(0.2, 0.9);
    assertThat(answer.getString("search_type_used")).isEqualTo("similarity");
    assertThat(answer.getJsonArray("degraded")).isEmpty();
    assertThat(keys(found(ANN, similar("ship").put("target_type", "issue")))).isEqualTo("WEB-1");
    assertThat(keys(found(ANN, similar("ship").put("target_type", "comment"))))
        .isEqualTo("(WEB-2)");
    assertThat(found(ANN, similar("zebra")).getJsonArray("results")).isEmpty();
    assertThat(model.asked).contains("The ferry is late: Nobody knows why.", "vessel");
    assertThat(model.authorization).isEqualTo("Bearer s3cret");
  }

  @Test
  void autoIsBothWaysMadeOneWhatIsHighInBothFirst() {
    issues.put("acme", "WEB-1", text("A ferry", "ferry"));
    issues.put("acme", "WEB-2", text("A boat", "boat"));
    issues.put("acme", "WEB-3", text("Only boat among many other unrelated words here", "Else"));
    awaitVectors(3);
    var answer = found("boat");
    assertThat(answer.getString("search_type_used")).isEqualTo("hybrid");
    assertThat(answer.getJsonArray("degraded")).isEmpty();
    assertThat(keys(answer)).startsWith("WEB-2 ").contains("WEB-1", "WEB-3");
    assertThat(results(answer).get(0).getDouble("similarity")).isBetween(0.9, 1.0);
    assertThat(keys(found("boat"))).isEqualTo(keys(answer));
    var second = found(ANN, query("boat").put("limit", 1));
    assertThat(second.getInteger("total")).isEqualTo(3);
    var next = query("boat").put("limit", 1).put("cursor", second.getString("next_cursor"));
    assertThat(keys(found(ANN, next))).isEqualTo(keys(answer).split(" ", -1)[1]);
    assertThat(keys(found(ANN, query("boat").put("search_type", "hybrid"))))
        .isEqualTo(keys(answer));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "WELL")
  void aModelThatIsAwaySlowOrMadNeverBreaksAuto(WordModel.Mood mood) {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitVectors(1);
    model.mood = mood;
    var begun = System.nanoTime();
    var answer = found("boat");
    assertThat((System.nanoTime() - begun) / 1_000_000_000.0).isLessThan(5);
    assertThat(keys(answer)).isEqualTo("WEB-1");
    assertThat(answer.getString("search_type_used")).isEqualTo("fulltext");
    assertThat(answer.getJsonArray("degraded")).containsExactly("semantic_unavailable");
    assertThat(refusal(ANN, ErrorCode.UPSTREAM_ERROR, similar("ship")))
        .isEqualTo("The embedding model does not answer: use search_type \"auto\", or try again"
            + " shortly");
  }

  @Test
  void aModelThatFailedIsLeftAloneForAMoment() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitVectors(1);
    model.mood = WordModel.Mood.BROKEN;
    found("boat one");
    var before = model.asked.size();
    found("boat two");
    assertThat(model.asked).hasSize(before);
    model.mood = WordModel.Mood.WELL;
    node().clock().advance(Duration.ofSeconds(11));
    assertThat(found("boat two").getString("search_type_used")).isEqualTo("hybrid");
    var known = model.asked.size();
    found("boat two");
    assertThat(model.asked).hasSize(known);
  }

  @Test
  void whatAModelDidNotGetToSeeIsFoundByWordsAndSeenLater() {
    model.mood = WordModel.Mood.BROKEN;
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitKeys("WEB-1", query("boat").put("search_type", "fulltext"));
    awaitThat(() -> !model.asked.isEmpty());
    model.mood = WordModel.Mood.WELL;
    node().clock().advance(Duration.ofSeconds(11));
    assertThat(found("boat").getJsonArray("degraded")).contains("semantic_unavailable");
    issues.put("acme", "WEB-2", text("A ship", ""));
    awaitVectors(2);
    assertThat(keys(found("boat"))).isEqualTo("WEB-1 WEB-2");
  }

  @Test
  void aChangedTextGetsAnotherVectorAndAnUnchangedOneIsNotAskedForAgain() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitVectors(1);
    issues.put("acme", "WEB-1", text("A boat", "").put("status", "done"));
    awaitKeys("WEB-1", query("").put("status", "done"));
    issues.put("acme", "WEB-1", text("An exception", ""));
    awaitThat(() -> keys(found(ANN, similar("crash"))).equals("WEB-1"));
    assertThat(model.asked.stream().filter("A boat: "::equals)).hasSize(1);
    assertThat(found(ANN, similar("ship")).getJsonArray("results")).isEmpty();
  }

  @Test
  void whatIsOutOfScopeIsSentToNobody() {
    issues.project("acme", "OUT", JsonObject.of("in_scope", false));
    issues.put("acme", "OUT-1", text("Private", ""));
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitVectors(1);
    assertThat(model.asked).noneMatch(text -> text.contains("Private"));
  }

  @Test
  void onlySoManyOfTheNewestAreComparedAndItSaysSo() {
    issues.put("acme", "WEB-1", text("A boat", ""));
    awaitVectors(1);
    TestDatabase.execute(database(), """
        INSERT INTO search.vectors (account, id, issue, model, digest, vector)
        SELECT account, gen_random_uuid(), issue, model, '', array_fill(0::real, ARRAY[256])
        FROM search.vectors, generate_series(1, 2000)
        """);
    assertThat(found(ANN, similar("ship")).getJsonArray("degraded"))
        .containsExactly("newest_compared");
  }

  private static JsonObject similar(String text) {
    return query(text).put("search_type", "similarity");
  }

  private void awaitVectors(int expected) {
    awaitThat(() -> {
      var counts = new ArrayList<String>();
      TestDatabase.query(database(), "SELECT count(*)::text FROM search.vectors", counts::add);
      return counts.equals(List.of(Integer.toString(expected)));
    });
  }
}
