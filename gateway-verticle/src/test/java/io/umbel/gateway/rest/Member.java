package io.umbel.gateway.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody with a token, and what exactly they may see. Members of two accounts bear the same
 * names.
 *
 * @param home what their account has
 * @param subject their name
 * @param kind what their token says of them
 */
record Member(Home home, String subject, Kind kind) {

  private static final Set<String> EVERYONES = Set.of(
      "form", "health", "peek", "plain", "read", "theirs", "who", "whoami", "write", "destroy");
  private static final List<String> ALLOWED = List.of("form", "plain", "who");

  /** An account, by the ids of what it has. */
  record Home(String account, String project, String other, String agent, String switchedOff) {}

  /** What a token may be. */
  enum Kind {
    FREE,
    ALLOWED_SOME_TOOLS,
    BOUND_TO_PROJECT_AND_AGENT,
    CONFINED_TO_PROJECTS
  }

  /** A token that says so; another one for each number. */
  String token(int number) {
    var claims = switch (kind) {
      case FREE -> new JsonObject();
      case ALLOWED_SOME_TOOLS -> JsonObject.of("allowed_mcp_tools", new JsonArray(ALLOWED));
      case BOUND_TO_PROJECT_AND_AGENT ->
        JsonObject.of("project_id", home.project(), "agent_id", home.agent());
      case CONFINED_TO_PROJECTS ->
        JsonObject.of("project_ids", JsonArray.of(home.project(), home.other()));
    };
    return RestGateways.token(
        home.account(), subject, "tools", claims.put("jti", "number " + number));
  }

  /** The names of all tools they are shown. */
  Set<String> tools() {
    var tools = new TreeSet<>(EVERYONES);
    tools.add("only_" + subject);
    tools.removeIf(tool -> tool.equals(home.switchedOff()));
    if (kind == Kind.ALLOWED_SOME_TOOLS) {
      tools.retainAll(ALLOWED);
    }
    return tools;
  }

  /** The arguments they are asked for by a tool that knows projects and agents. */
  Set<String> asked() {
    return kind == Kind.BOUND_TO_PROJECT_AND_AGENT
        ? Set.of("word")
        : Set.of("project_id", "agent_id", "word");
  }

  /** As whom a tool gets to know them. */
  JsonObject who() {
    var isBound = kind == Kind.BOUND_TO_PROJECT_AND_AGENT;
    var projects = switch (kind) {
      case BOUND_TO_PROJECT_AND_AGENT -> Set.of(home.project());
      case CONFINED_TO_PROJECTS -> new TreeSet<>(Set.of(home.project(), home.other()));
      default -> null;
    };
    return JsonObject.of("account", home.account(), "subject", subject)
        .put("project", isBound ? home.project() : null)
        .put("agent", isBound ? home.agent() : null)
        .put("scopes", JsonArray.of("tools"))
        .put("tools", kind == Kind.ALLOWED_SOME_TOOLS ? new JsonArray(ALLOWED) : null)
        .put("projects", projects == null ? null : new JsonArray(List.copyOf(projects)));
  }
}
