package io.umbel.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Call;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.umbel.contract.ToolVerticle;
import io.umbel.contract.ToolVerticleContract;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;

/** The family on a database of its own, beside a family of issues that the test fills. */
abstract class SearchFamily extends ToolVerticleContract {

  static final Caller ANN = new Caller("acme", "ann", null, null, Set.of());
  static final Caller EVE = new Caller("other", "eve", null, null, Set.of());

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  final IssuesTools issues = new IssuesTools();
  private DatabaseUrl database;

  @Override
  protected final ToolVerticle family() {
    if (database == null) {
      database = TestDatabase.fresh();
      database.installOn(node().vertx());
    }
    return new SearchTools();
  }

  @BeforeEach
  final void meetTheIssues() {
    node().deploy(issues);
    issues.project("acme", "WEB", new JsonObject());
    awaitThat(() -> tools(ANN).contains("search"));
  }

  DatabaseUrl database() {
    return database;
  }

  List<String> tools(Caller caller) {
    var outcome = (Outcome.Result) gateway().provide(announcement(), caller).await();
    return Provided.fromBuffer(outcome.json()).offers().tools().stream()
        .map(OfferedTool::name)
        .toList();
  }

  Outcome call(Caller caller, JsonObject arguments) {
    var like = gateway().newCall("search", arguments);
    var call = new Call(like.target(), caller, like.trail(), 10_000, like.params());
    return gateway().send(announcement(), call).await();
  }

  /** What is answered to a search that succeeds. */
  JsonObject found(Caller caller, JsonObject arguments) {
    var result = (Outcome.Result) call(caller, arguments);
    assertThat(result.failure()).as("%s", result.json()).isNull();
    return result.json().toJsonObject().getJsonObject("structuredContent");
  }

  JsonObject found(String query) {
    return found(ANN, JsonObject.of("query", query));
  }

  /** What a search that is refused with that code says. */
  String refusal(Caller caller, ErrorCode code, JsonObject arguments) {
    var result = (Outcome.Result) call(caller, arguments);
    assertThat(result.failure()).as("%s", result.json()).isEqualTo(code);
    return result
        .json()
        .toJsonObject()
        .getJsonObject("structuredContent")
        .getJsonObject("error")
        .getString("message");
  }

  /** Keys of issues, and of comments the key of their issue in brackets, in order. */
  static String keys(JsonObject answer) {
    return String.join(
        " ",
        results(answer).stream()
            .map(result -> result.getJsonObject("item"))
            .map(item -> item.getString("key", "(" + item.getString("issue_key") + ")"))
            .toList());
  }

  static List<JsonObject> results(JsonObject answer) {
    return answer.getJsonArray("results").stream().map(JsonObject.class::cast).toList();
  }

  static JsonObject query(String text) {
    return JsonObject.of("query", text);
  }

  static JsonObject text(String title, String description, String... labels) {
    return JsonObject.of("title", title, "description", description)
        .put("labels", new JsonArray(List.of(labels)));
  }

  /** Waits until a search finds exactly these. */
  void awaitKeys(String expected, JsonObject arguments) {
    awaitThat(() -> keys(found(ANN, arguments)).equals(expected));
  }

  /** What the REST API is answered. */
  JsonObject manage(Caller caller, String operation) {
    var seal = new CallerSeal(node().node().secret(), node().clock());
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal.seal(caller, "search"));
    var outcome = gateway()
        .request(announcement(), JsonObject.of("operation", operation).toBuffer(), options)
        .await();
    return ((Outcome.Result) outcome).json().toJsonObject();
  }

  void awaitThat(BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      node().vertx().timer(20).await();
    }
  }
}
