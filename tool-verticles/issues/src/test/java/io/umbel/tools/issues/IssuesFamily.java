package io.umbel.tools.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Call;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.contract.ToolVerticle;
import io.umbel.contract.ToolVerticleContract;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** The family on a database of its own, with a tracker of the caller's account. */
abstract class IssuesFamily extends ToolVerticleContract {

  static final Caller ANN = new Caller("acme", "ann", null, null, Set.of());
  static final Caller BEN = new Caller("acme", "ben", null, null, Set.of());
  static final Caller EVE = new Caller("other", "eve", null, null, Set.of());

  private DatabaseUrl database;

  @Override
  protected final ToolVerticle family() {
    if (database == null) {
      database = TestDatabase.fresh();
      database.installOn(node().vertx());
      prepare();
    }
    return tools();
  }

  /** What is there before the family is. */
  void prepare() {}

  IssuesTools tools() {
    return new IssuesTools();
  }

  @BeforeEach
  final void addTracker() {
    created(ANN, tracker("Team", project("WEB", null)));
  }

  DatabaseUrl database() {
    return database;
  }

  static JsonObject tracker(String name, JsonObject... projects) {
    return JsonObject.of("name", name, "tracker_type", "local")
        .put("projects", new JsonArray(java.util.List.of(projects)));
  }

  static JsonObject project(String identifier, String projectId) {
    return JsonObject.of("identifier", identifier, "project_id", projectId);
  }

  /** What the REST API is answered. */
  JsonObject manage(Caller caller, JsonObject request) {
    return ((Outcome.Result) managed(caller, request)).json().toJsonObject();
  }

  /** How a request of the REST API ends. */
  Outcome managed(Caller caller, JsonObject request) {
    var seal = new CallerSeal(node().node().secret(), node().clock());
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal.seal(caller, "issues"));
    return gateway().request(announcement(), request.toBuffer(), options).await();
  }

  JsonObject manage(Caller caller, String operation, String id, JsonObject body) {
    return manage(caller, JsonObject.of("operation", operation).put("id", id).put("body", body));
  }

  /** The tracker that was made. */
  JsonObject created(Caller caller, JsonObject tracker) {
    var answer = manage(caller, "createTracker", null, tracker);
    assertThat(answer.getInteger("status")).as("%s", answer).isEqualTo(201);
    return answer.getJsonObject("body");
  }

  Outcome call(Caller caller, String tool, JsonObject arguments) {
    var like = gateway().newCall(tool, arguments);
    var call = new Call(like.target(), caller, like.trail(), 10_000, like.params());
    return gateway().send(announcement(), call).await();
  }

  /** The structured result of a call that succeeds. */
  JsonObject ok(Caller caller, String tool, JsonObject arguments) {
    var result = (Outcome.Result) call(caller, tool, arguments);
    assertThat(result.failure()).as("%s", result.json()).isNull();
    return result.json().toJsonObject().getJsonObject("structuredContent");
  }

  /** The error of a call that is refused with that code. */
  JsonObject no(Caller caller, ErrorCode code, String tool, JsonObject arguments) {
    var result = (Outcome.Result) call(caller, tool, arguments);
    assertThat(result.failure()).as("%s", result.json()).isEqualTo(code);
    return result.json().toJsonObject().getJsonObject("structuredContent").getJsonObject("error");
  }

  String message(Caller caller, ErrorCode code, String tool, JsonObject arguments) {
    return no(caller, code, tool, arguments).getString("message");
  }

  /** The key of a new issue. */
  String issue(Caller caller, String title) {
    return ok(caller, "create_issue", issueOf(title)).getString("key");
  }

  static JsonObject issueOf(String title) {
    return JsonObject.of("title", title, "description", "What " + title + " means")
        .put("prevent_duplicates", false);
  }

  static JsonObject asked(String member, Object value) {
    return new JsonObject().put(member, value);
  }
}
