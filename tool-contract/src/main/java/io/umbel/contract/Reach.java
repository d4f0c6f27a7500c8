package io.umbel.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a token reaches beside its scopes. Null is no limit; an empty set reaches nothing.
 *
 * @param tools the names of the tools it may list and call, sorted, or null for all
 * @param projects the ids of the projects it may act in, sorted, or null for all of its account
 * @param server the namespace of the one upstream server that it reaches, by that server's own
 *     names, or null for everything
 */
public record Reach(Set<String> tools, Set<String> projects, String server) {

  /** No limit. */
  public static final Reach ALL = new Reach(null, null);

  /** To whatever server. */
  public Reach(Set<String> tools, Set<String> projects) {
    this(tools, projects, null);
  }

  public Reach {
    tools = sorted(tools);
    projects = sorted(projects);
  }

  /** The same, to nothing but that upstream server. */
  public Reach toServer(String namespace) {
    return new Reach(tools, projects, namespace);
  }

  /**
   * What a tool or prompt that goes by that name here is called among those of all servers: grants,
   * switches, rules and records know it by that name.
   */
  public String listed(String name) {
    return server == null ? name : ServerNames.of(server, name);
  }

  /** Whether a tool of that name is within it. */
  public boolean hasTool(String name) {
    return tools == null || tools.contains(name);
  }

  /** Whether that project is within it. */
  public boolean hasProject(String id) {
    return projects == null || projects.contains(id);
  }

  void writeTo(JsonObject json) {
    if (tools != null) {
      json.put("tools", new JsonArray(java.util.List.copyOf(tools)));
    }
    if (projects != null) {
      json.put("projects", new JsonArray(java.util.List.copyOf(projects)));
    }
    if (server != null) {
      json.put("server", server);
    }
  }

  static Reach readFrom(JsonObject json) {
    return new Reach(
        texts(json.getJsonArray("tools")),
        texts(json.getJsonArray("projects")),
        json.getString("server"));
  }

  private static Set<String> texts(JsonArray array) {
    if (array == null) {
      return null;
    }
    var all = new TreeSet<String>();
    array.forEach(text -> all.add((String) text));
    return all;
  }

  private static Set<String> sorted(Set<String> texts) {
    return texts == null ? null : Collections.unmodifiableSet(new TreeSet<>(texts));
  }
}
