package io.umbel.registry.bridge;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * What clients can be asked, as MCP's {@code ClientCapabilities} say it, and as servers are told
 * it: only what can be carried between the two, always in the same words.
 */
public final class Abilities {

  private static final String ELICITATION = "elicitation";
  private static final String SAMPLING = "sampling";
  private static final String ROOTS = "roots";
  private static final String EXTENSIONS = "extensions";
  private static final int LONGEST_EXTENSIONS = 1_024;

  /** Extensions that need more than a request and its answer. */
  private static final Set<String> NOT_CARRIED = Set.of("io.modelcontextprotocol/tasks");

  /** Whatever a client might be asked: what servers show whom is found out with these. */
  public static final JsonObject ALL = new JsonObject()
      .put(ELICITATION, new JsonObject().put("form", empty()).put("url", empty()))
      .put(SAMPLING, new JsonObject().put("tools", empty()).put("context", empty()))
      .put(ROOTS, empty());

  private Abilities() {}

  /** Those of a client that can be carried. */
  static JsonObject carried(JsonObject client) {
    var carried = new JsonObject();
    var elicitation = chosen(client, ELICITATION, "form", "url");
    if (elicitation != null) {
      carried.put(
          ELICITATION, elicitation.isEmpty() ? elicitation.put("form", empty()) : elicitation);
    }
    put(carried, SAMPLING, chosen(client, SAMPLING, "tools", "context"));
    put(carried, ROOTS, chosen(client, ROOTS));
    put(carried, EXTENSIONS, extensions(client));
    return carried;
  }

  /** What a client must have declared to be asked this, or null where that is nothing we know. */
  static JsonObject neededFor(String method, JsonObject params) {
    return switch (method) {
      case "elicitation/create" ->
        "url".equals(params.getValue("mode"))
            ? needs(ELICITATION, "url")
            : needs(ELICITATION, "form");
      case "sampling/createMessage" ->
        params.containsKey("tools")
            ? needs(SAMPLING, "tools")
            : new JsonObject().put(SAMPLING, empty());
      case "roots/list" -> new JsonObject().put(ROOTS, empty());
      default -> null;
    };
  }

  /** Whether a client that can be asked so much can be asked that. */
  static boolean suffice(JsonObject carried, JsonObject needed) {
    return needed.stream()
        .allMatch(need -> carried.getValue(need.getKey()) instanceof JsonObject declared
            && need.getValue() instanceof JsonObject members
            && declared.fieldNames().containsAll(members.fieldNames()));
  }

  private static JsonObject chosen(JsonObject client, String capability, String... members) {
    if (!(client.getValue(capability) instanceof JsonObject declared)) {
      return null;
    }
    var chosen = new JsonObject();
    for (var member : members) {
      if (declared.getValue(member) instanceof JsonObject) {
        chosen.put(member, empty());
      }
    }
    return chosen;
  }

  private static JsonObject extensions(JsonObject client) {
    if (!(client.getValue(EXTENSIONS) instanceof JsonObject declared)) {
      return null;
    }
    var carried = new JsonObject();
    declared.stream()
        .filter(extension -> !NOT_CARRIED.contains(extension.getKey()))
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(extension -> carried.put(extension.getKey(), extension.getValue()));
    return carried.isEmpty() || carried.encode().length() > LONGEST_EXTENSIONS ? null : carried;
  }

  private static JsonObject needs(String capability, String member) {
    return new JsonObject().put(capability, new JsonObject().put(member, empty()));
  }

  private static void put(JsonObject json, String name, JsonObject value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static JsonObject empty() {
    return new JsonObject();
  }
}
