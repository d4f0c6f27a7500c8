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
 */
public record Reach(Set<String> tools, Set<String> projects) {

  /** No limit. */
  public static final Reach ALL = new Reach(null, null);

  public Reach {
    tools = sorted(tools);
    projects = sorted(projects);
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
  }

  static Reach readFrom(JsonObject json) {
    return new Reach(texts(json.getJsonArray("tools")), texts(json.getJsonArray("projects")));
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
