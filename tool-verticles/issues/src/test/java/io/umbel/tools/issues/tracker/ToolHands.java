package io.umbel.tools.issues.tracker;

import io.umbel.contract.Bus.Header;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Call;
import io.umbel.contract.Caller;
import io.umbel.contract.CallerSeal;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Outcome;
import io.umbel.tools.issues.store.Refused;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes with the real tools, in an account of its own. */
public final class ToolHands implements Hands {

  private final List<String> said = new ArrayList<>();
  private final ToolFamily family;
  private final Caller caller;

  /**
   * An account with one tracker.
   *
   * @param tracker as the REST API takes it
   */
  public ToolHands(ToolFamily family, JsonObject tracker) {
    this.family = family;
    this.caller = new Caller(family.nextAccount(), "ann", null, null, Set.of());
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

  private JsonObject get(String key) {
    return call("get_issue", JsonObject.of("issue", key));
  }

  private JsonObject manage(JsonObject request) {
    var node = family.node();
    var seal = new CallerSeal(node.node().secret(), node.clock());
    var options = new DeliveryOptions()
        .addHeader(Header.OP, Op.MANAGE.word())
        .addHeader(Header.CALLER, seal.seal(caller, "issues"));
    var outcome = family
        .gateway()
        .request(family.announcement(), request.toBuffer(), options)
        .await();
    var answer = ((Outcome.Result) outcome).json().toJsonObject();
    said.add(answer.encode());
    if (answer.getInteger("status") >= 300) {
      throw new AssertionError(answer.encode());
    }
    return answer;
  }

  private JsonObject call(String tool, JsonObject arguments) {
    var like = family.gateway().newCall(tool, arguments);
    var call = new Call(like.target(), caller, like.trail(), 20_000, like.params());
    var result =
        (Outcome.Result) family.gateway().send(family.announcement(), call).await();
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
