package io.umbel.launcher.client;

import io.umbel.launcher.exit.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One server of a desktop client's file, as the REST API takes it. */
public final class Imported {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  private static final String BEARER = "bearer ";

  private final String name;
  private final JsonObject entry;
  private final UnaryOperator<String> environment;

  /**
   * A server.
   *
   * @param name what it is called in the file
   * @param environment values of variables, null for those that are not set
   */
  public Imported(String name, JsonObject entry, UnaryOperator<String> environment) {
    this.name = name;
    this.entry = entry;
    this.environment = environment;
  }

  /**
   * What to register.
   *
   * @throws Refusal if that would not be what the client has
   */
  public JsonObject server() {
    var said = filled(entry);
    for (var name : List.of("cwd", "envFile")) {
      if (said.containsKey(name)) {
        throw Refusal.failed(
            name + " cannot be taken over: servers run in directories of their own");
      }
    }
    var server = new JsonObject().put("name", name);
    if (Boolean.TRUE.equals(said.getValue("disabled"))) {
      server.put("status", "inactive");
    }
    var remote = remote(said);
    if (remote != null) {
      return guarded(server.put("url", remote), headersOf(said.getJsonArray("args")));
    }
    return said.containsKey("command") ? child(server, said) : at(server, said);
  }

  private static JsonObject child(JsonObject server, JsonObject said) {
    server.put("transport", "stdio").put("command", said.getString("command"));
    if (said.getValue("args") instanceof JsonArray args && !args.isEmpty()) {
      server.put("args", args);
    }
    if (said.getValue("env") instanceof JsonObject env && !env.isEmpty()) {
      server.put("env", env);
    }
    return server;
  }

  private static JsonObject at(JsonObject server, JsonObject said) {
    var url = said.getString("url", said.getString("serverUrl"));
    if (url == null) {
      throw Refusal.failed("it has neither a url nor a command");
    }
    var sse = said.getString("type", said.getString("transport", "")).equalsIgnoreCase("sse");
    if (sse) {
      server.put("transport", "sse");
    }
    return guarded(server.put("url", url), said.getJsonObject("headers", new JsonObject()));
  }

  /** What opens the door is one header. */
  private static JsonObject guarded(JsonObject server, JsonObject headers) {
    if (headers.size() > 1) {
      throw Refusal.failed("it sends the headers " + String.join(", ", headers.fieldNames())
          + ", and a server here is sent one: leave the others out");
    }
    headers.forEach(header -> {
      var value = String.valueOf(header.getValue());
      var bearer = header.getKey().equalsIgnoreCase("authorization")
          && value.toLowerCase(Locale.ROOT).startsWith(BEARER);
      server
          .put("auth_type", bearer ? "bearer" : "api_key")
          .put(
              "auth_config",
              bearer
                  ? JsonObject.of("token", value.substring(BEARER.length()).strip())
                  : JsonObject.of("key_name", header.getKey(), "api_key", value));
    });
    return server;
  }

  /** Where a bridge from stdio leads, or null: then nobody needs the bridge. */
  private static String remote(JsonObject said) {
    if (!(said.getValue("args") instanceof JsonArray args)) {
      return null;
    }
    var words = args.stream().map(String::valueOf).toList();
    var bridged = words.stream().anyMatch(word -> word.matches("mcp-remote(@.*)?"));
    return bridged
        ? words.stream().filter(word -> word.matches("https?://.*")).findFirst().orElse(null)
        : null;
  }

  private static JsonObject headersOf(JsonArray args) {
    var headers = new JsonObject();
    for (var i = 0; i + 1 < args.size(); i++) {
      var header = String.valueOf(args.getValue(i + 1));
      if ("--header".equals(args.getValue(i)) && header.contains(":")) {
        var colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).strip(), header.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private JsonObject filled(JsonObject object) {
    var filled = new JsonObject();
    object.forEach(each -> filled.put(each.getKey(), filled(each.getValue())));
    return filled;
  }

  private Object filled(Object value) {
    if (value instanceof JsonObject object) {
      return filled(object);
    } else if (value instanceof JsonArray array) {
      var filled = new JsonArray();
      array.forEach(each -> filled.add(filled(each)));
      return filled;
    }
    return value instanceof String text
        ? PLACEHOLDER
            .matcher(text)
            .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))))
        : value;
  }

  /** Variables of the environment are known here; what a client asks its user for is not. */
  private String value(String placeholder) {
    var known = placeholder.startsWith("input:")
        ? null
        : environment.apply(placeholder.replaceFirst("^env:", "").replaceFirst(":-.*", ""));
    if (known != null) {
      return known;
    }
    throw Refusal.failed(
        placeholder.startsWith("input:")
            ? "it needs what its client asks the user for, ${" + placeholder
                + "}: write the value into a copy of the file, and import that"
            : "it needs ${" + placeholder + "}, which is not set here");
  }
}
