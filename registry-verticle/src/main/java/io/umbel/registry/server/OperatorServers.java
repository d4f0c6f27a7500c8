package io.umbel.registry.server;

import io.umbel.registry.server.Registration.Wrong;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads the servers that the operator configured. */
public final class OperatorServers {

  /** How a wrong entry is called wherever codes are read. */
  public static final String INVALID = "MCP_UPSTREAM_INVALID_CONFIG";

  private static final Map<String, String> RENAMED = Map.of("auth_mode", "auth_type");
  private static final Map<String, String> OF_AUTH =
      Map.of("bearer_token", "token", "api_key", "api_key", "api_key_header", "key_name");

  private static final Set<String> NUMBERS =
      Set.of("enabled", "timeout_seconds", "retry_attempts", "circuit_breaker_cooldown_seconds");

  private OperatorServers() {}

  /**
   * The servers of such a text: a JSON array of objects, or its elements with commas between them.
   *
   * @param pinned whether changed definitions stay hidden where an entry does not say
   * @throws IllegalArgumentException that names every entry with something wrong in it
   */
  public static List<Server> read(String text, boolean pinned) {
    var problems = new ArrayList<String>();
    var servers = new ArrayList<Server>();
    var entries = entries(text);
    for (var i = 0; i < entries.size(); i++) {
      read(i, entries.getValue(i), pinned, servers, problems);
    }
    checkTwice(servers, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(INVALID + ": " + String.join("; ", problems));
    }
    return List.copyOf(servers);
  }

  private static JsonArray entries(String text) {
    try {
      var whole = text.strip();
      return new JsonArray(whole.startsWith("[") ? whole : "[" + whole + "]");
    } catch (DecodeException e) {
      throw new IllegalArgumentException(INVALID + ": it is no JSON array of objects", e);
    }
  }

  private static void read(
      int index, Object entry, boolean pinned, List<Server> servers, List<String> problems) {
    if (!(entry instanceof JsonObject said)) {
      problems.add("entry " + (index + 1) + " is no object");
      return;
    }
    var name = said.getValue("name");
    var wrongs = new ArrayList<Wrong>();
    var canonical = canonical(said, new Fields(said, "/", wrongs));
    var registration = Registration.of(canonical, pinned);
    wrongs.addAll(registration.wrongs());
    if (wrongs.isEmpty()) {
      servers.add(registration.server(key(String.valueOf(name)), 1));
    } else {
      problems.add("entry " + (index + 1) + " (" + (name == null ? "without a name" : name) + "): "
          + wrongs.stream().map(OperatorServers::shown).collect(Collectors.joining(", ")));
    }
  }

  private static String shown(Wrong wrong) {
    return wrong.pointer().substring(1).replace('/', '.') + " " + wrong.message();
  }

  /** Always the same for the same name, on all nodes. */
  private static Server.Key key(String name) {
    var bytes = ("umbel:operator:" + name).getBytes(StandardCharsets.UTF_8);
    return new Server.Key(Server.Key.OPERATOR, UUID.nameUUIDFromBytes(bytes));
  }

  /** The members of REST; numbers of the operator are in seconds, and count the first attempt. */
  private static JsonObject canonical(JsonObject said, Fields fields) {
    var canonical = new JsonObject();
    var auth = new JsonObject();
    said.forEach(member -> {
      var name = member.getKey();
      if (OF_AUTH.containsKey(name)) {
        auth.put(OF_AUTH.get(name), member.getValue());
      } else if (!NUMBERS.contains(name)) {
        canonical.put(RENAMED.getOrDefault(name, name), member.getValue());
      }
    });
    if (!said.containsKey("transport")) {
      canonical.put("transport", said.containsKey("command") ? "stdio" : "http");
    }
    canonical.put("timeout_ms", 1_000 * fields.whole("timeout_seconds", 1, 300, 15));
    canonical.put("max_retries", Math.max(0, fields.whole("retry_attempts", 0, 6, 3) - 1));
    var cooldown = fields.whole("circuit_breaker_cooldown_seconds", 1, 3_600, 60);
    canonical.put("breaker_cooldown_ms", 1_000 * cooldown);
    canonical.put("status", fields.flag("enabled", false) ? "active" : "inactive");
    return auth.isEmpty() ? canonical : canonical.put("auth_config", auth);
  }

  private static void checkTwice(List<Server> servers, List<String> problems) {
    Set<String> names = new HashSet<>();
    Set<String> namespaces = new HashSet<>();
    for (var server : servers) {
      if (!names.add(server.name())) {
        problems.add("the name \"" + server.name() + "\" is there twice");
      } else if (!namespaces.add(server.namespace())) {
        problems.add("the namespace \"" + server.namespace() + "\" is there twice");
      }
    }
  }
}
