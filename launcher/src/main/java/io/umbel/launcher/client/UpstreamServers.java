package io.umbel.launcher.client;

import io.umbel.launcher.exit.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** The upstream servers of a gateway's account, by the names that people use. */
public final class UpstreamServers {

  private static final String PATH = "/api/v1/mcp-servers";

  private final RestClient rest;

  public UpstreamServers(RestClient rest) {
    this.rest = rest;
  }

  /** Registers one, and what came of it. */
  public JsonObject add(JsonObject server) {
    return (JsonObject) rest.ask(HttpMethod.POST, PATH, server);
  }

  /** All that the account has, the operator's too. */
  public List<JsonObject> all() {
    var all = (JsonObject) rest.ask(HttpMethod.GET, "/api/v1/servers", null);
    return objects(all.getJsonArray("items"))
        .filter(each -> !"builtin".equals(each.getString("source")))
        .toList();
  }

  /** What the account registered of that name, namespace or id. */
  public JsonObject find(String name) {
    return own().filter(each -> is(each, name)).findFirst().orElseThrow(() -> unknown(name));
  }

  /** What it was last found to offer. */
  public List<JsonObject> tools(String name) {
    return objects((JsonArray) rest.ask(HttpMethod.GET, path(name) + "/tools", null))
        .toList();
  }

  /** Has something done with one. */
  public JsonObject post(String name, String what, JsonObject body) {
    return (JsonObject) rest.ask(HttpMethod.POST, path(name) + "/" + what, body);
  }

  /** Removes one. */
  public JsonObject remove(String name) {
    return (JsonObject) rest.ask(HttpMethod.DELETE, path(name), null);
  }

  private String path(String name) {
    return Stream.concat(own(), all().stream())
        .filter(each -> is(each, name))
        .findFirst()
        .map(each -> PATH + "/" + each.getString("id"))
        .orElseThrow(() -> unknown(name));
  }

  private Stream<JsonObject> own() {
    return objects((JsonArray) rest.ask(HttpMethod.GET, PATH, null));
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  private static boolean is(JsonObject server, String name) {
    return name.equals(server.getString("name"))
        || name.equals(server.getString("namespace"))
        || name.equals(server.getString("id"));
  }

  private static Refusal unknown(String name) {
    return Refusal.failed(
        "There is no server \"" + name + "\": \"umbel server list\" tells which there are");
  }
}
