package io.umbel.tools.compliance;

import io.umbel.contract.Caller;
import io.umbel.contract.ErrorCode;
import io.umbel.contract.Provision;
import io.umbel.contract.Schema;
import io.umbel.contract.TailoredToolVerticle;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolCall;
import io.umbel.contract.ToolFailure;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The family of issues as compliance knows it: keeps in memory what the test puts there, account by
 * account.
 */
public final class IssuesTools extends TailoredToolVerticle {

  /** Accounts that have a tracker. */
  final Set<String> trackers = ConcurrentHashMap.newKeySet();

  /** The arguments of every question, and of every update. */
  final Queue<JsonObject> asked = new ConcurrentLinkedQueue<>();

  /** The most questions that were open at once. */
  final AtomicInteger most = new AtomicInteger();

  private final Map<String, JsonObject> issues = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile int crowd;
  private volatile Future<Void> gate = Future.succeededFuture();
  private volatile Runnable onCrowd = () -> {};

  /** Puts an issue there, or another in its place. */
  JsonObject put(String account, String key, String title, String description, String... labels) {
    var issue = new JsonObject()
        .put("id", "id-of-" + key)
        .put("key", key)
        .put("title", title)
        .put("description", description)
        .put("labels", new JsonArray(List.of(labels)))
        .put("meta_data", new JsonObject())
        .put("revision", "%064x".formatted(description.hashCode() & 0xffffffffL));
    issues.put(account + "/" + key, issue);
    return issue;
  }

  /** Answers no question until the gate opens; says when so many are open. */
  void hold(Future<Void> until, int many, Runnable then) {
    gate = until;
    crowd = many;
    onCrowd = then;
  }

  void tracker(String account, boolean there) {
    if (there ? trackers.add(account) : trackers.remove(account)) {
      provisionChanged(account);
    }
  }

  @Override
  protected Future<Provision> provide(Caller caller) {
    return Future.succeededFuture(
        trackers.contains(caller.account())
            ? Provision.of(List.of(getIssue(), updateIssue()))
            : Provision.nothing());
  }

  private Tool getIssue() {
    var include = new JsonObject().put("type", "string");
    var input = scoped(Schema.object()
            .text("issue", "Which")
            .with("maxLength", 1024)
            .list("include", "What more", include))
        .require("issue");
    return Tool.named("get_issue", "Reads one.", input, this::get)
        .readOnly()
        .openWorld(true)
        .tagged("issues");
  }

  private Tool updateIssue() {
    var input = scoped(Schema.object()
            .text("issue", "Which")
            .text("title", "Its title")
            .text("description", "Its description")
            .text("expected_revision", "Its revision")
            .with("pattern", "^[0-9a-f]{64}$"))
        .require("issue");
    return Tool.named("update_issue", "Changes one.", input, this::update)
        .destructive(true)
        .openWorld(true)
        .tagged("issues");
  }

  private static Schema scoped(Schema input) {
    return input.text("project_id", "Where").text("agent_id", "Who");
  }

  private Future<ToolResult> get(ToolCall call) {
    asked.add(call.arguments());
    int now = open.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    if (now == crowd) {
      onCrowd.run();
    }
    return gate.map(opened -> find(call))
        .onComplete(done -> open.decrementAndGet())
        .map(ToolResult::of);
  }

  private Future<ToolResult> update(ToolCall call) {
    var issue = find(call);
    if (!issue.getString("revision").equals(call.text("expected_revision"))) {
      throw new ToolFailure(ErrorCode.CONFLICT, "Another revision", null);
    }
    var changed = put(
        call.caller().account(),
        issue.getString("key"),
        call.text("title", issue.getString("title")),
        call.text("description", issue.getString("description")));
    return Future.succeededFuture(ToolResult.of(changed));
  }

  private JsonObject find(ToolCall call) {
    var name = call.text("issue").replaceFirst("^id-of-", "");
    var issue = issues.get(call.caller().account() + "/" + name);
    if (issue == null) {
      throw new ToolFailure(ErrorCode.NOT_FOUND, "No issue " + name, null);
    }
    return issue.copy();
  }
}
