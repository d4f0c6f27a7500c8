package io.umbel.tools.issues.tracker;

import io.umbel.contract.Announcement;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Call;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Listener;
import io.umbel.contract.LoneNode;
import io.umbel.contract.Outcome;
import io.umbel.storage.TestDatabase;
import io.umbel.tools.issues.IssuesTools;
import io.umbel.tools.issues.store.Refused;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes with the real tools, of a family on a database of its own. */
public final class ToolHands implements Hands, AutoCloseable {

  private static final Caller ANN = new Caller("acme", "ann", null, null, Set.of());

  private final LoneNode node = new LoneNode();
  private final CallingGateway gateway = new CallingGateway(node);
  private final List<String> said = new ArrayList<>();
  private final Announcement family;

  /**
   * A family with one tracker.
   *
   * @param tracker as the REST API takes it
   * @param configuration of the family
   */
  public ToolHands(JsonObject tracker, JsonObject configuration) {
    var listener = new Listener();
    TestDatabase.fresh().installOn(node.vertx());
    node.deploy(listener);
    node.deploy(new IssuesTools(), configuration);
    family = listener.nextArrivalOf("issues");
    manage(JsonObject.of("operation", "createTracker", "body", tracker));
  }

  @Override
  public JsonObject create(JsonObject arguments) {
    var all = JsonObject.of("prevent_duplicates", false, "description", "").mergeIn(arguments);
    return get(call("create_issue", all).getString("key"));
  }

  @Override
  public JsonObject update(String key, JsonObject arguments) {
    var answer = call("update_issue", JsonObject.of("issue", key).mergeIn(arguments));
    answer.remove("updated_fields");
    return answer;
  }

  @Override
  public JsonObject comment(String key, JsonObject arguments) {
    return call("add_comment", JsonObject.of("target", key).mergeIn(arguments));
  }

  @Override
  public void link(String key, String related, String relation) {
    call(
        "link_issues", JsonObject.of("issue", key, "related_issue", related, "relation", relation));
  }

  @Override
  public List<String> said() {
    return said;
  }

  /** The first tracker of the account, as the REST API tells of it. */
  public JsonObject tracker() {
    return manage(JsonObject.of("operation", "listTrackers"))
        .getJsonArray("body")
        .getJsonObject(0);
  }

  @Override
  public void close() {
    node.close();
  }

  private JsonObject get(String key) {
    return call("get_issue", JsonObject.of("issue", key));
  }

  private JsonObject manage(JsonObject request) {
    var seal = new CallerSeal(node.node().secret(), node.clock());
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal.seal(ANN, "issues"));
    var outcome = gateway.request(family, request.toBuffer(), options).await();
    var answer = ((Outcome.Result) outcome).json().toJsonObject();
    said.add(answer.encode());
    if (answer.getInteger("status") >= 300) {
      throw new AssertionError(answer.encode());
    }
    return answer;
  }

  private JsonObject call(String tool, JsonObject arguments) {
    var like = gateway.newCall(tool, arguments);
    var call = new Call(like.target(), ANN, like.trail(), 20_000, like.params());
    var result = (Outcome.Result) gateway.send(family, call).await();
    said.add(result.json().toString());
    var content = result.json().toJsonObject().getJsonObject("structuredContent");
    if (result.failure() != null) {
      throw refused(result.failure(), content.getJsonObject("error"));
    }
    return content;
  }

  private static Refused refused(ErrorCode code, JsonObject error) {
    return new Refused(code, error.getString("message"), error.getJsonObject("details"));
  }
}
