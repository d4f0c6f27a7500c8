package io.umbel.tools.entities.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.contract.ErrorCode;
import io.umbel.contract.ToolFailure;
import io.umbel.tools.entities.find.Found;
import io.umbel.tools.entities.find.Found.Hit;
import io.umbel.tools.entities.find.Wanted;
import io.umbel.tools.entities.settings.EntitySettings;
import io.umbel.tools.entities.settings.EntityType;
import io.umbel.tools.entities.settings.Field;
import io.umbel.tools.entities.settings.Fuzziness;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ElasticsearchTest {

  private static final EntityType USER = new EntityType(
      "user",
      10,
      100,
      List.of(
          new Field("name", 3, Fuzziness.AUTO, 0), new Field("email", 2.5, Fuzziness.NONE, 2.6)));

  private final Vertx vertx = Vertx.vertx();
  private final SearchServer server = new SearchServer(vertx);
  private final Elasticsearch elasticsearch = backend(SearchServer.KEY, Duration.ofSeconds(20));

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void findsInTheIndexOfTheAccountAndTypeOnly() {
    server.put(
        "acme_user",
        user("b", "Ann Archer"),
        user("a", "Ann Other"),
        user("c", "Ann Archer"),
        user("d", "Bob"));
    server.put("~41cme_user", user("z", "Ann Archer"));
    var found = find("acme", "ann archer");
    assertThat(found.total()).isEqualTo(3);
    assertThat(found.hits())
        .containsExactly(
            new Hit("b", 6, user("b", "Ann Archer")),
            new Hit("c", 6, user("c", "Ann Archer")),
            new Hit("a", 3, user("a", "Ann Other")));
    assertThat(find("Acme", "ann").hits()).extracting(Hit::id).containsExactly("z");
    assertThat(elasticsearch.name()).isEqualTo("elasticsearch");
  }

  @Test
  void saysItAllInTheQueryLanguageAndTheTextAsAValue() {
    server.put("acme_user");
    elasticsearch
        .find("acme", USER, new Wanted("\"}}* ann", 20, 5, null, "requester"))
        .await();
    assertThat(server.asked.get(0)).isEqualTo(new JsonObject("""
        {"query": {"bool": {
            "must": {"dis_max": {"queries": [
              {"multi_match": {"query": "\\"}}* ann", "fields": ["name"], "boost": 3.0, "lenient": true, "type": "best_fields", "fuzziness": "AUTO"}},
              {"function_score": {"min_score": 2.6, "query": {"multi_match":
                {"query": "\\"}}* ann", "fields": ["email"], "boost": 2.5, "lenient": true, "type": "phrase"}}}}]}},
            "filter": {"term": {"usertype": {"value": "requester", "case_insensitive": true}}}}},
         "from": 20, "size": 5, "track_total_hits": true, "track_scores": true,
         "sort": [{"_score": "desc"}, {"id": {"order": "asc", "unmapped_type": "keyword"}}]}
        """));
  }

  @Test
  void holdsEachFieldAgainstItsThresholdAndAllAgainstTheArgument() {
    var ann = user("a", "Ann").put("email", "ann@acme.example").put("usertype", "Technician");
    server.put("acme_user", ann);
    assertThat(find("acme", "ann@acme.example").total()).isZero();
    assertThat(find("acme", new Wanted("ann@acme.example", 0, 3, 2.5, null)).total())
        .isEqualTo(1);
    assertThat(find("acme", new Wanted("ann", 0, 3, 3.0, "technician")).total()).isEqualTo(1);
    assertThat(find("acme", new Wanted("ann", 0, 3, 3.0001, null)).total()).isZero();
    assertThat(find("acme", new Wanted("ann", 0, 3, null, "requester")).total()).isZero();
    assertThat(find("acme", new Wanted("ann", 1, 3, null, null)))
        .isEqualTo(new Found(1, List.of()));
  }

  @Test
  void hasNoDataWhereThereIsNoIndex() {
    fails(ErrorCode.NOT_FOUND, "No data available for entity type user");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void tellsTheOperatorWhereTheServerDoesNotLetItIn() {
    server.wants("ApiKey another");
    fails(
        ErrorCode.NOT_CONFIGURED,
        "Elasticsearch does not let Umbel read these entities; the operator has to look at umbel.entities.key");
  }

  @Test
  void givesUserAndPasswordAsTheyAreWanted() {
    server.wants("Basic "
        + Base64.getEncoder()
            .encodeToString("reader:se:cret".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    server.put("acme_user", user("a", "Ann"));
    assertThat(backend("reader:se:cret", Duration.ofSeconds(20))
            .find("acme", USER, wanted("ann"))
            .await()
            .total())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void asksAgainThreeTimesWhereItFailsInPassing(int status) {
    server.put("acme_user", user("a", "Ann"));
    for (var i = 0; i < 3; i++) {
      server.next(
          request -> SearchServer.error(request, status, "es_rejected_execution_exception"));
    }
    assertThat(find("acme", "ann").total()).isEqualTo(1);
    assertThat(server.asked).hasSize(4);
  }

  @Test
  void givesUpAtTheFourthTime() {
    for (var i = 0; i < 4; i++) {
      server.next(request -> request.connection().close());
    }
    fails(ErrorCode.UPSTREAM_ERROR, "Elasticsearch cannot be reached");
    assertThat(server.asked).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 418, 500})
  void doesNotAskAgainWhatWillBeRefusedAgain(int status) {
    server.next(request -> SearchServer.error(request, status, "search_phase_execution_exception"));
    fails(ErrorCode.UPSTREAM_ERROR, "Elasticsearch answered with HTTP status " + status);
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void waitsNoLongerThanItsPatience() {
    server.next(request -> {}); // never answers
    var hasty = backend(SearchServer.KEY, Duration.ofMillis(300));
    fails(hasty, ErrorCode.UPSTREAM_TIMEOUT, "Elasticsearch did not answer in time");
    assertThat(server.asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"hits\":[]}",
        "{\"hits\":{\"hits\":[{}],\"total\":{\"value\":1}}}",
        "{\"hits\":{\"hits\":[]}}",
        "{\"hits\":{\"hits\":[7],\"total\":{\"value\":1}}}"
      })
  void believesNothingThatIsNoHits(String body) {
    server.next(request -> request.response().end(body));
    fails(ErrorCode.UPSTREAM_ERROR, "Elasticsearch answered with something else than hits");
  }

  @Test
  void believesNoPageOfWhateverIsBetween() {
    server.next(request -> request.response().end("<html>"));
    fails(ErrorCode.UPSTREAM_ERROR, "Elasticsearch answered with something else than hits");
  }

  @Test
  void refusesAnAnswerThatIsTooLarge() {
    server.next(request -> request.response().end("x".repeat(9 * 1024 * 1024)));
    fails(
        ErrorCode.TOO_LARGE,
        "The entities found are too large for one answer; ask for fewer with limit");
  }

  @Test
  void takesTheServersOwnIdWhereADocumentHasNone() {
    var hit = JsonObject.of("_id", "x1", "_score", 1.5, "_source", JsonObject.of("name", "Ann"));
    var total = JsonObject.of("value", 1, "relation", "eq");
    var body = JsonObject.of("hits", JsonObject.of("total", total, "hits", JsonArray.of(hit)));
    server.next(request -> request.response().end(body.encode()));
    assertThat(find("acme", "ann").hits()).extracting(Hit::id).containsExactly("x1");
  }

  private Elasticsearch backend(String key, Duration patience) {
    return new Elasticsearch(vertx, new EntitySettings.Server(server.url(), "id"), key, patience);
  }

  private static JsonObject user(String id, String name) {
    return JsonObject.of("id", id, "name", name);
  }

  private static Wanted wanted(String query) {
    return new Wanted(query, 0, 10, null, null);
  }

  private Found find(String account, String query) {
    return find(account, wanted(query));
  }

  private Found find(String account, Wanted wanted) {
    return elasticsearch.find(account, USER, wanted).await();
  }

  private void fails(ErrorCode code, String message) {
    fails(elasticsearch, code, message);
  }

  private static void fails(Elasticsearch backend, ErrorCode code, String message) {
    assertThatThrownBy(() -> backend.find("acme", USER, wanted("ann")).await())
        .isInstanceOfSatisfying(
            ToolFailure.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessage(message);
  }
}
