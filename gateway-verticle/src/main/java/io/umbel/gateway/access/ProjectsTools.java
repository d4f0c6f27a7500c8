package io.umbel.gateway.access;

import io.umbel.contract.Resource;
import io.umbel.contract.ResourceCall;
import io.umbel.contract.ResourceContents;
import io.umbel.contract.Tool;
import io.umbel.contract.ToolVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Shows a project's configuration to those who may act in it; it has no tools. */
public final class ProjectsTools extends ToolVerticle {

  private static final String JSON = "application/json";

  private final Accounts accounts;

  public ProjectsTools(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  protected List<Tool> tools() {
    return List.of();
  }

  @Override
  protected List<Resource> resources() {
    return List.of(
        Resource.matching("project://{project_id}/config", "project_config", this::config)
            .described("What a project is bound to: trackers, git, workspace, CI, budget.")
            .of(JSON));
  }

  /** A project of somebody else is not found, as one that does not exist. */
  private Future<List<JsonObject>> config(ResourceCall call) {
    var caller = call.caller();
    var id = call.variable("project_id");
    return accounts
        .of(caller.account())
        .map(account -> Access.mayRead(account, caller, id)
            ? List.of(ResourceContents.text(
                call.uri(), JSON, shown(account.projects().get(id)).encode()))
            : null);
  }

  private static JsonObject shown(Project project) {
    return new JsonObject()
        .put("id", project.id())
        .put("key", project.key())
        .put("name", project.name())
        .put("bindings", project.bindings());
  }
}
