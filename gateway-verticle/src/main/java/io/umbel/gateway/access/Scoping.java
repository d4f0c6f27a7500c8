package io.umbel.gateway.access;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/**
 * How a tool depends on project and agent, read off its definition: one whose input schema has
 * {@code project_id} or {@code agent_id} is scoped by it.
 *
 * @param byProject whether it has an argument {@code project_id}
 * @param byAgent whether it has an argument {@code agent_id}
 * @param needsProject whether that argument has to be there
 * @param need what an agent must be allowed in the project
 */
public record Scoping(boolean byProject, boolean byAgent, boolean needsProject, Need need) {

  /** The argument that names a project. */
  public static final String PROJECT = "project_id";

  /** The argument that names an agent. */
  public static final String AGENT = "agent_id";

  /**
   * The tag of tools whose {@code project_id} means something else than a project of the house, as
   * those of other servers do.
   */
  public static final String UNSCOPED = "unscoped";

  /** Nothing of it. */
  public static final Scoping NONE = new Scoping(false, false, false, Need.WRITE);

  /** What a tool does, as far as roles go. */
  public enum Need {
    READ,
    WRITE,
    DESTROY
  }

  /** What that definition says; one that does not say that it is harmless may destroy. */
  public static Scoping of(JsonObject definition, Collection<String> tags) {
    var input = object(definition, "inputSchema");
    var properties = object(input, "properties");
    if (tags.contains(UNSCOPED)
        || !(properties.containsKey(PROJECT) || properties.containsKey(AGENT))) {
      return NONE;
    }
    return new Scoping(
        properties.containsKey(PROJECT),
        properties.containsKey(AGENT),
        input.getValue("required") instanceof JsonArray required && required.contains(PROJECT),
        need(object(definition, "annotations")));
  }

  /** Whether calls of it are held against projects and grants. */
  public boolean isScoped() {
    return byProject || byAgent;
  }

  /** The definition as one sees it whose token says the project, the agent, or both. */
  public static Buffer withoutArguments(JsonObject definition, List<String> names) {
    var shown = definition.copy();
    var input = object(shown, "inputSchema");
    names.forEach(object(input, "properties")::remove);
    if (input.getValue("required") instanceof JsonArray required) {
      names.forEach(required::remove);
      if (required.isEmpty()) {
        input.remove("required");
      }
    }
    return shown.toBuffer();
  }

  private static Need need(JsonObject hints) {
    if (Boolean.TRUE.equals(hints.getValue("readOnlyHint"))) {
      return Need.READ;
    }
    return Boolean.FALSE.equals(hints.getValue("destructiveHint")) ? Need.WRITE : Need.DESTROY;
  }

  private static JsonObject object(JsonObject parent, String member) {
    return parent.getValue(member) instanceof JsonObject object ? object : new JsonObject();
  }
}
