package io.umbel.gateway;

import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Caller;
import io.umbel.contract.Conversation;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.umbel.contract.Provider;
import io.umbel.contract.ServerNames;
import io.umbel.contract.ToolResult;
import io.umbel.contract.UnknownServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Fronts servers, each the account's it is given to, as the registry does. */
public final class PlayedServers extends Provider {

  /** What it was told is watched, and for whom. */
  public record Watched(PlayedServers by, Caller caller, List<String> uris) {}

  /** Whom it was asked for. */
  public final List<Caller> asked = new CopyOnWriteArrayList<>();

  private final BlockingQueue<Watched> watched;

  /** From now on it answers nobody. */
  public volatile boolean silent;

  /** The tools of servers, by account and namespace. */
  private final Map<String, Map<String, List<JsonObject>>> servers = new ConcurrentHashMap<>();

  public PlayedServers() {
    this(new LinkedBlockingQueue<>());
  }

  /** One that notes there what it is told. */
  public PlayedServers(BlockingQueue<Watched> watched) {
    this.watched = watched;
  }

  /** An account's server has these tools from now on. */
  public PlayedServers give(String account, String namespace, String... tools) {
    var definitions = List.of(tools).stream().map(PlayedServers::definition).toList();
    return offer(account, namespace, definitions);
  }

  /** The same, with whole definitions. */
  public PlayedServers offer(String account, String namespace, List<JsonObject> tools) {
    servers.computeIfAbsent(account, first -> new TreeMap<>()).put(namespace, tools);
    return this;
  }

  public PlayedServers take(String account, String namespace) {
    servers.get(account).remove(namespace);
    return this;
  }

  /** Says that an account's servers are others. */
  public void changed(String account) {
    tellProvisionChanged(account);
  }

  /** Says that a resource of an account's servers is another. */
  public void touched(String uri, String account) {
    resourceChanged(uri, account);
  }

  @Override
  protected String name() {
    return "played";
  }

  @Override
  protected Traits traits() {
    return new Traits(true, false, true);
  }

  @Override
  protected Offers offers() {
    return Offers.NONE;
  }

  @Override
  protected Future<Provided> provided(Caller caller) {
    asked.add(caller);
    if (silent) {
      return Future.future(never -> {});
    }
    var all = servers.getOrDefault(caller.account(), Map.of());
    var one = caller.reach().server();
    if (one != null && !all.containsKey(one)) {
      return Future.failedFuture(new UnknownServer(one));
    }
    var tools = all.entrySet().stream()
        .filter(server -> one == null || one.equals(server.getKey()))
        .flatMap(server -> server.getValue().stream()
            .map(each -> one != null
                ? each
                : each.copy().put("name", ServerNames.of(server.getKey(), each.getString("name")))))
        .map(each -> new OfferedTool(each, List.of("unscoped", "upstream"), 30_000))
        .toList();
    var notes = new JsonObject().put("uri", "notes://all").put("name", "notes");
    var files = new JsonObject().put("uriTemplate", "files:///{path}").put("name", "files");
    var offers =
        all.isEmpty() ? Offers.NONE : new Offers(tools, List.of(), List.of(notes), List.of(files));
    return Future.succeededFuture(new Provided(offers, Duration.ofMinutes(5), Duration.ZERO));
  }

  @Override
  protected Future<Outcome> answer(Conversation conversation) {
    var call = conversation.call();
    var params = call.params().toJsonObject();
    if (call.target().name().equals("ask") && !params.containsKey("inputResponses")) {
      var asked = JsonObject.of("inputRequests", JsonObject.of("name", new JsonObject()));
      return Future.succeededFuture(new Outcome.InputRequired(asked.toBuffer(), null));
    }
    if (call.target().name().equals("ask")) {
      var members = new TreeSet<>(params.fieldNames()).toString();
      return Future.succeededFuture(
          ToolResult.text(members).toOutcome(call.trail().correlationId()));
    }
    var said = call.caller().reach().server() + " " + call.target().name();
    return Future.succeededFuture(ToolResult.text(said).toOutcome(call.trail().correlationId()));
  }

  @Override
  protected void watched(Caller caller, List<String> uris) {
    watched.add(new Watched(this, caller, uris));
  }

  private static JsonObject definition(String name) {
    return new JsonObject()
        .put("name", name)
        .put("description", name)
        .put("inputSchema", JsonObject.of("type", "object"));
  }
}
