package io.umbel.registry.bridge;

import io.umbel.contract.ServerNames;
import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Definitions.Standing;
import io.umbel.registry.server.Definitions.State;
import io.umbel.registry.server.Server;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One server with all that is known of its offers, shown or not. */
final class Holding {

  /** The member of {@code _meta} by which shown things say where they come from. */
  static final String MARK = "io.umbel/server";

  private static final String OURS = "io.umbel/";

  private final Server server;
  private final Standing standing;
  private final Map<Kind, Map<String, Definition>> definitions = new EnumMap<>(Kind.class);

  Holding(Server server, Standing standing, List<Definition> definitions) {
    this.server = server;
    this.standing = standing;
    for (var kind : Kind.values()) {
      this.definitions.put(kind, new LinkedHashMap<>());
    }
    definitions.stream()
        .filter(definition -> definition.state() != State.REMOVED)
        .forEach(each -> this.definitions.get(each.kind()).putIfAbsent(each.name(), each));
  }

  Server server() {
    return server;
  }

  /** Everything of that kind, withheld or not. */
  Collection<Definition> all(Kind kind) {
    return definitions.get(kind).values();
  }

  /** The one of that name, withheld or not, or null. */
  Definition find(Kind kind, String ownName) {
    return definitions.get(kind).get(ownName);
  }

  /** What of that kind is shown. */
  List<Definition> shown(Kind kind) {
    return isSilent()
        ? List.of()
        : all(kind).stream().filter(each -> withheld(each) == null).toList();
  }

  /** Why clients do not get it, in words for them, or null where they do. */
  String withheld(Definition definition) {
    if (definition.kind() == Kind.TOOL && !server.policy().enables(definition.name())) {
      return "it is not among the tools that are enabled for this server";
    }
    if (definition.state() == State.SHADOWING) {
      return "it looks like a tool of somebody else, and waits to be approved";
    }
    if (definition.state() == State.CHANGED && server.policy().pinned()) {
      return "it has changed since it was approved, and waits to be approved again";
    }
    return needsTask(definition.json())
        ? "it can only be called as a task, which is not supported here"
        : null;
  }

  /** Whether nothing of it is shown, since it does not answer; calls may come again later. */
  boolean isSilent() {
    return isStale() && !server.policy().serveStale();
  }

  /** What it is called: by the server, or among those of all servers. */
  String listedName(Definition definition, boolean alone) {
    return alone || definition.kind() == Kind.RESOURCE || definition.kind() == Kind.TEMPLATE
        ? definition.name()
        : ServerNames.of(server.namespace(), definition.name());
  }

  /** The MCP object that clients see. */
  JsonObject listed(Definition definition, boolean alone) {
    var json = new JsonObject(new LinkedHashMap<>(definition.json().getMap()));
    json.remove("execution");
    if (definition.kind() == Kind.TOOL || definition.kind() == Kind.PROMPT) {
      json.put("name", listedName(definition, alone));
    }
    return json.put("_meta", marked(json.getValue("_meta")));
  }

  private JsonObject marked(Object meta) {
    var marked = new JsonObject();
    if (meta instanceof JsonObject given) {
      given.forEach(member -> marked.put(member.getKey(), member.getValue()));
      given.fieldNames().stream().filter(name -> name.startsWith(OURS)).forEach(marked::remove);
    }
    var mark = new JsonObject().put("name", server.name()).put("namespace", server.namespace());
    return marked.put(MARK, isStale() ? mark.put("stale", true) : mark);
  }

  private boolean isStale() {
    return standing != null && !standing.healthy();
  }

  private static boolean needsTask(JsonObject json) {
    return json.getValue("execution") instanceof JsonObject execution
        && "required".equals(execution.getValue("taskSupport"));
  }
}
