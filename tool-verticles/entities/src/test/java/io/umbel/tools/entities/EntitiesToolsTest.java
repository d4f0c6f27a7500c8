package io.umbel.tools.entities;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Call;
import io.umbel.contract.Caller;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.umbel.contract.ToolVerticle;
import io.umbel.contract.ToolVerticleContract;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntitiesToolsTest extends ToolVerticleContract {

  private static final String USERS = "search_users";
  private static final String ENTITIES = "search_entities_by_type";

  @TempDir
  Path directory;

  @Override
  protected ToolVerticle family() {
    return new EntitiesTools();
  }

  @Override
  protected JsonObject configuration() {
    try {
      var acme = Files.createDirectories(directory.resolve("data/acme"));
      Files.writeString(acme.resolve("user.csv"), """
          id,name,email,contact,contact2,userlogonname,usertype
          u2,Ann Archer,ann@acme.example,555-1,,aarcher,Requester
          u1,Ann Archer,archer@acme.example,,,annar,technician
          u3,Bob Builder,bob@acme.example,555-3,,bob,requester
          """);
      Files.writeString(acme.resolve("location.json"), """
          [{"id": 7, "name": "Berlin", "rooms": [1, 2]}, {"id": 8, "name": "Berlin"}, {"id": 9, "name": "Berlin"}]
          """);
      var other = Files.createDirectories(directory.resolve("data/other"));
      Files.writeString(other.resolve("user.csv"), "id,name\no1,Ann Archer\n");
      Files.writeString(other.resolve("vendor.csv"), "id,name\nv1,Vendor\n");
      var file = Files.writeString(directory.resolve("entities.yaml"), """
          backend: builtin
          builtin:
            data: data
          entities:
            user:
            vendor:
            location:
              default_limit: 2
              max_limit: 50
          """);
      return JsonObject.of(
          EntitiesTools.FILE, file.toString(), EntitiesTools.MAX_RESULT_BYTES, 4000);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void findsUsersThoughTheNameIsMisspeltAndThoseOfOneScoreById() {
    var found = result(USERS, JsonObject.of("query", "an archr"));
    assertThat(found.getBoolean("success")).isTrue();
    assertThat(found.getString("backend")).isEqualTo("builtin");
    assertThat(found.getString("query")).isEqualTo("an archr");
    assertThat(found.getInteger("total_hits")).isEqualTo(2);
    assertThat(found.getInteger("returned_count")).isEqualTo(2);
    assertThat(ids(found, "users")).containsExactly("u1", "u2");
    var second = found.getJsonArray("users").getJsonObject(1);
    assertThat(second.getDouble("score")).isPositive();
    second.remove("score");
    assertThat(second)
        .isEqualTo(JsonObject.of("id", "u2", "name", "Ann Archer", "email", "ann@acme.example")
            .put("contact", "555-1")
            .put("userlogonname", "aarcher")
            .put("usertype", "Requester"));
  }

  @Test
  void findsUsersOfOneTypeOnlyWhateverTheLetters() {
    var found = result(USERS, JsonObject.of("query", "ann", "user_type", "requester"));
    assertThat(ids(found, "users")).containsExactly("u2");
  }

  @Test
  void givesAnEntityAsItIs() {
    var found = result(ENTITIES, JsonObject.of("entity_type", "location", "query", "7"));
    assertThat(found.getString("entity_type")).isEqualTo("location");
    var entity = found.getJsonArray("entities").getJsonObject(0);
    assertThat(entity.getString("id")).isEqualTo("7");
    assertThat(entity.getJsonObject("data"))
        .isEqualTo(JsonObject.of("id", 7, "name", "Berlin", "rooms", JsonArray.of(1, 2)));
  }

  @Test
  void limitsByTheTypeAndGoesOnBehindTheOffset() {
    var arguments = JsonObject.of("entity_type", "location", "query", "berlin");
    var first = result(ENTITIES, arguments);
    assertThat(ids(first, "entities")).containsExactly("7", "8");
    assertThat(first.getInteger("total_hits")).isEqualTo(3);
    assertThat(first.getInteger("returned_count")).isEqualTo(2);
    assertThat(ids(result(ENTITIES, arguments.copy().put("offset", 2)), "entities"))
        .containsExactly("9");
    assertThat(ids(result(ENTITIES, arguments.copy().put("offset", 9000)), "entities"))
        .isEmpty();
    assertThat(message(ErrorCode.INVALID_ARGUMENT, ENTITIES, arguments.copy().put("limit", 51)))
        .isEqualTo("limit is at most 50 for location");
  }

  @Test
  void refusesAnUnknownTypeAndNamesThoseThereAre() {
    var error = failure(
        ErrorCode.INVALID_ARGUMENT, ENTITIES, JsonObject.of("entity_type", "usr", "query", "x"));
    assertThat(error.encode()).contains("/entity_type").contains("user", "vendor", "location");
  }

  @Test
  void refusesABlankQuery() {
    assertThat(message(ErrorCode.INVALID_ARGUMENT, USERS, JsonObject.of("query", " \t")))
        .isEqualTo("query is blank: say what to look for");
  }

  @Test
  void refusesAQueryOf64KiBAndSaysHowLongOneMayBe() {
    var query = "x".repeat(64 * 1024);
    var error = failure(ErrorCode.INVALID_ARGUMENT, USERS, JsonObject.of("query", query));
    assertThat(error.encode()).contains("/query").contains("256").hasSizeLessThan(2_000);
  }

  @Test
  void refusesALimitAndAThresholdOutOfRange() {
    for (var wrong : Set.of("limit", "min_score")) {
      var arguments = JsonObject.of("query", "ann", wrong, wrong.equals("limit") ? 101 : -1);
      var error = failure(ErrorCode.INVALID_ARGUMENT, USERS, arguments);
      assertThat(error.encode()).contains("/" + wrong);
    }
  }

  @Test
  void hasNoDataOfATypeThatOnlyAnotherAccountHas() {
    var arguments = JsonObject.of("entity_type", "vendor", "query", "vendor");
    assertThat(message(ErrorCode.NOT_FOUND, ENTITIES, arguments))
        .isEqualTo("No data available for entity type vendor");
    assertThat(structured(as("other", ENTITIES, arguments).await()).getInteger("total_hits"))
        .isEqualTo(1);
  }

  @Test
  void refusesAnAnswerThatIsTooLargeRatherThanToCutIt() throws IOException {
    var large = new JsonArray();
    IntStream.range(0, 10)
        .forEach(i -> large.add(JsonObject.of("id", i, "name", "big", "text", "x".repeat(1000))));
    Files.writeString(directory.resolve("data/acme/vendor.json"), large.encode());
    var deployed =
        node().deploy(family(), JsonObject.of("entities_file", file(), "max_result_bytes", 4000));
    var second = listener().nextArrivalOf("entities");
    var call = gateway().newCall(ENTITIES, JsonObject.of("entity_type", "vendor", "query", "big"));
    var json = ((Outcome.Result) gateway().send(second, call).await()).json().toJsonObject();
    assertThat(json.encode())
        .contains(
            "TOO_LARGE",
            "The entities found are too large for one answer; ask for fewer with limit");
    node().vertx().undeploy(deployed).await();
  }

  @Test
  void manyCallersAtOnceGetTheirOwnAccountsUsersOnly() {
    var calls = IntStream.range(0, 400)
        .mapToObj(i -> as(i % 2 == 0 ? "acme" : "other", USERS, JsonObject.of("query", "archr")))
        .toList();
    Future.all(calls).await();
    for (var i = 0; i < calls.size(); i++) {
      var expected = i % 2 == 0 ? new String[] {"u1", "u2"} : new String[] {"o1"};
      assertThat(ids(structured(calls.get(i).result()), "users")).containsExactly(expected);
    }
  }

  @Test
  void offersNothingWhereNoFileSaysWhereEntitiesAre() {
    node().deploy(new EntitiesTools());
    var second = listener().nextArrivalOf("entities");
    var provided = gateway().provide(second, CallingGateway.CALLER).await();
    assertThat(Provided.fromBuffer(((Outcome.Result) provided).json()).offers().tools())
        .isEmpty();
  }

  private String file() {
    return directory.resolve("entities.yaml").toString();
  }

  private String message(ErrorCode code, String tool, JsonObject arguments) {
    return failure(code, tool, arguments).getString("message");
  }

  private Future<Outcome> as(String account, String tool, JsonObject arguments) {
    var call = gateway().newCall(tool, arguments);
    var caller = new Caller(account, "ann", null, null, Set.of());
    return gateway()
        .send(
            announcement(),
            new Call(call.target(), caller, call.trail(), call.timeoutMillis(), call.params()));
  }

  private static JsonObject structured(Outcome outcome) {
    return ((Outcome.Result) outcome).json().toJsonObject().getJsonObject("structuredContent");
  }

  private static Stream<String> ids(JsonObject found, String list) {
    return found.getJsonArray(list).stream().map(one -> ((JsonObject) one).getString("id"));
  }
}
