package io.umbel.registry.server;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * What of a server's description is secret: parts of {@code auth_config}, and all of {@code env}.
 */
public final class Secrets {

  /** What stands in the place of a secret. */
  public static final String HIDDEN = "***";

  private static final List<String> WHERE = List.of("auth_config", "env");
  private static final Set<String> OPEN = Set.of("key_name", "client_id", "algorithm", "scope");

  private Secrets() {}

  /** The same with {@link #HIDDEN} for each secret. */
  public static JsonObject hidden(JsonObject said) {
    var hidden = said.copy();
    WHERE.forEach(where -> {
      var all = hidden.getJsonObject(where);
      if (all != null) {
        all.fieldNames().stream()
            .filter(name -> isSecret(where, name) && all.getValue(name) != null)
            .toList()
            .forEach(name -> all.put(name, HIDDEN));
      }
    });
    return hidden;
  }

  /** The secrets alone, in the same places; empty where there are none. */
  static JsonObject only(JsonObject said) {
    var secrets = new JsonObject();
    WHERE.forEach(where -> {
      var all = said.getJsonObject(where);
      if (all != null) {
        all.stream()
            .filter(each -> isSecret(where, each.getKey()) && each.getValue() != null)
            .forEach(each -> at(secrets, where).put(each.getKey(), each.getValue()));
      }
    });
    return secrets;
  }

  /** The same with those secrets in their places. */
  static JsonObject with(JsonObject said, JsonObject secrets) {
    var whole = said.copy();
    secrets.forEach(where -> at(whole, where.getKey()).mergeIn((JsonObject) where.getValue()));
    return whole;
  }

  /** The same with what was secret before where {@link #HIDDEN} stands now. */
  public static JsonObject restored(JsonObject said, JsonObject before) {
    var whole = said.copy();
    WHERE.forEach(where -> {
      if (!(whole.getValue(where) instanceof JsonObject now)) {
        return;
      }
      var then = before.getJsonObject(where, new JsonObject());
      now.fieldNames().stream()
          .filter(name -> HIDDEN.equals(now.getValue(name)) && isSecret(where, name))
          .toList()
          .forEach(name -> now.put(name, then.getValue(name)));
    });
    return whole;
  }

  /** Whether a secret of the one is a secret of the other too, whatever else they say. */
  public static boolean shares(JsonObject one, JsonObject other, String where) {
    var secrets = only(one).getJsonObject(where, new JsonObject());
    var others = other.getValue(where) instanceof JsonObject all ? all : new JsonObject();
    return secrets.stream()
        .anyMatch(secret -> secret.getValue().equals(others.getValue(secret.getKey())));
  }

  private static JsonObject at(JsonObject json, String where) {
    if (json.getJsonObject(where) == null) {
      json.put(where, new JsonObject());
    }
    return json.getJsonObject(where);
  }

  private static boolean isSecret(String where, String name) {
    return where.equals("env") || !OPEN.contains(name);
  }
}
