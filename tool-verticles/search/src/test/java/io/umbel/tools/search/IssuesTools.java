package io.umbel.tools.search;

import io.umbel.contract.Bus;
import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.contract.Provision;
import io.umbel.contract.Schema;
import io.umbel.contract.SignedMessage;
import io.umbel.contract.TailoredToolVerticle;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The family of issues as search knows it: keeps in memory what the test puts there, and tells of
 * it as {@code docs/bus.md} has it, three at a time.
 */
public final class IssuesTools extends TailoredToolVerticle {

  private static final int PAGE = 3;

  /** Accounts that have a tracker. */
  final Set<String> trackers = ConcurrentHashMap.newKeySet();

  /** Whether changes are told to nobody. */
  volatile boolean isSilent;

  /** How often changes were asked for. */
  volatile int asked;

  private final Map<String, TreeMap<Long, JsonObject>> told = new ConcurrentHashMap<>();
  private final Map<String, Map<String, JsonObject>> projects = new ConcurrentHashMap<>();
  private long last;
  private SignedMessage signed;

  @Override
  protected Future<?> prepare() {
    signed = new SignedMessage(Node.of(vertx));
    return super.prepare();
  }

  @Override
  protected Future<Provision> provide(Caller caller) {
    var input = Schema.object().text("issue", "Which").require("issue");
    var tool = Tool.named(
            "get_issue",
            "Reads one.",
            input,
            call -> Future.succeededFuture(ToolResult.text("one")))
        .readOnly()
        .openWorld(false)
        .tagged("issues");
    return Future.succeededFuture(
        trackers.contains(caller.account()) ? Provision.of(List.of(tool)) : Provision.nothing());
  }

  @Override
  protected synchronized Future<JsonObject> manage(Caller caller, JsonObject request) {
    var after = request.getJsonObject("query").getString("after");
    var body = request.getString("operation").equals("listIssueProjects")
        ? JsonObject.of(
                "items", new JsonArray(List.copyOf(projectsOf(caller.account()).values())))
            .put("more", false)
        : changes(caller.account(), after);
    return Future.succeededFuture(JsonObject.of("status", 200, "body", body));
  }

  /** Makes a project of a tracker, or another of it. */
  synchronized void project(String account, String identifier, JsonObject more) {
    var project = projectsOf(account)
        .computeIfAbsent(
            identifier,
            name -> JsonObject.of("id", id(account + "/" + name), "identifier", name)
                .put("name", "Project " + name)
                .put("organization", "Team")
                .put("project_id", null)
                .put("in_scope", true)
                .put("is_active", true)
                .put("tracker_id", id(account))
                .put("tracker", "Tracker of " + account));
    projectsOf(account).put(identifier, project.copy().mergeIn(more));
    trackers.add(account);
    trackersChanged(account);
  }

  /** The tracker with that project is gone. */
  synchronized void drop(String account, String identifier) {
    projectsOf(account).remove(identifier);
    trackersChanged(account);
  }

  /** Puts an issue there, or another in its place; its id. */
  synchronized String put(String account, String key, JsonObject more) {
    var identifier = key.replaceFirst("-.*", "");
    var issue = new JsonObject()
        .put("id", id(account + "/" + key))
        .put("key", key)
        .put("url", "https://tracker.example/" + key)
        .put("title", key)
        .put("description", "")
        .put("labels", new JsonArray())
        .put("status", "open")
        .put("category", "todo")
        .put("assignee", null)
        .put("revision", "0".repeat(64))
        .put("project_row", id(account + "/" + identifier))
        .put("created_at", "2026-01-01T00:00:00Z")
        .put("updated_at", Instant.EPOCH.plusSeconds(++last).toString())
        .put("comments", new JsonArray())
        .mergeIn(more);
    change(account, issue);
    return issue.getString("id");
  }

  /** That issue is gone. */
  synchronized void remove(String account, String key) {
    change(account, JsonObject.of("id", id(account + "/" + key), "removed", true));
  }

  /** A comment as an issue has it. */
  static JsonObject comment(String author, String body) {
    return JsonObject.of("id", id(body), "author", author, "body", body)
        .put("created_at", "2026-01-02T00:00:00Z");
  }

  static String id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toString();
  }

  private void change(String account, JsonObject item) {
    var all = told.computeIfAbsent(account, name -> new TreeMap<>());
    all.values().removeIf(known -> known.getString("id").equals(item.getString("id")));
    all.put(++last, item);
    tell(account, "issue-updated");
  }

  private void trackersChanged(String account) {
    provisionChanged(account);
    tell(account, "trackers-changed");
  }

  private void tell(String account, String op) {
    if (!isSilent) {
      var body = JsonObject.of("account", account).toBuffer();
      signed.publish(vertx, Bus.ISSUES, op, instance().id(), body);
    }
  }

  private JsonObject changes(String account, String after) {
    asked++;
    var place = after == null ? 0 : Long.parseLong(after);
    var rest = told.getOrDefault(account, new TreeMap<>()).tailMap(place, false);
    var items = new JsonArray();
    for (var entry : rest.entrySet()) {
      if (items.size() == PAGE) {
        break;
      }
      items.add(entry.getValue().copy());
      place = entry.getKey();
    }
    return JsonObject.of("items", items, "after", Long.toString(place))
        .put("more", rest.size() > items.size());
  }

  private Map<String, JsonObject> projectsOf(String account) {
    return projects.computeIfAbsent(account, name -> new TreeMap<>());
  }
}
