package io.umbel.gateway.access;

import io.vertx.core.json.JsonObject;

/**
 * What tools work in. Nothing secret is in it: {@code project://{project_id}/config} shows it.
 *
 * @param id unique in the installation
 * @param key short and for people, unique in the account
 * @param name for people
 * @param bindings what it is bound to: trackers, git, workspace, knowledge base, CI, budget
 */
public record Project(String id, String key, String name, JsonObject bindings) {

  public Project {
    bindings = bindings.copy();
  }

  /** A copy. */
  @Override
  public JsonObject bindings() {
    return bindings.copy();
  }
}
