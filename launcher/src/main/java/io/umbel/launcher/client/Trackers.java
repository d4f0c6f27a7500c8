package io.umbel.launcher.client;

import io.umbel.launcher.exit.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** The trackers of a gateway's account, by the names that people use. */
public final class Trackers {

  private static final String PATH = "/api/v1/trackers";

  private final RestClient rest;

  public Trackers(RestClient rest) {
    this.rest = rest;
  }

  /** Adds one. */
  public JsonObject add(JsonObject tracker) {
    return (JsonObject) rest.ask(HttpMethod.POST, PATH, tracker);
  }

  /** All that the account has, by name. */
  public List<JsonObject> all() {
    var all = (JsonArray) rest.ask(HttpMethod.GET, PATH, null);
    return all.stream().map(JsonObject.class::cast).toList();
  }

  /** Whether the one of that name or id can be used: {@code {is_valid, message}}. */
  public JsonObject test(String name) {
    return (JsonObject) rest.ask(HttpMethod.POST, path(name) + "/test", null);
  }

  /** Hides the one of that name or id, or removes it for good. */
  public void remove(String name, boolean forGood) {
    var query = forGood ? "?hard_delete=true" : "";
    rest.ask(HttpMethod.DELETE, path(name) + query, null);
  }

  /** Has the copy of the one of that name or id made anew. */
  public void sync(String name) {
    rest.ask(HttpMethod.POST, path(name) + "/sync", null);
  }

  /** How far that is. */
  public JsonObject syncOf(String name) {
    return (JsonObject) rest.ask(HttpMethod.GET, path(name) + "/sync", null);
  }

  /** Has the one of that name or id take deliveries: {@code {path, webhook_secret}}. */
  public JsonObject openWebhook(String name) {
    return (JsonObject) rest.ask(HttpMethod.POST, path(name) + "/webhook", null);
  }

  /** Has it take none any more. */
  public void closeWebhook(String name) {
    rest.ask(HttpMethod.DELETE, path(name) + "/webhook", null);
  }

  private String path(String name) {
    return all().stream()
        .filter(each -> name.equals(each.getString("name")) || name.equals(each.getString("id")))
        .findFirst()
        .map(each -> PATH + "/" + each.getString("id"))
        .orElseThrow(() -> Refusal.failed(
            "There is no tracker \"" + name + "\": \"umbel tracker list\" tells which there are"));
  }

  /** One tracker a line, as people read them. */
  public static String list(List<JsonObject> trackers) {
    return trackers.isEmpty()
        ? "No trackers. To add one: umbel tracker add NAME"
        : trackers.stream().map(Trackers::line).collect(Collectors.joining("\n"));
  }

  /** The identifiers of its projects. */
  public static String projects(JsonObject tracker) {
    return tracker.getJsonArray("projects").stream()
        .map(each -> ((JsonObject) each).getString("identifier"))
        .collect(Collectors.joining(", "));
  }

  /** What came of adding one. */
  public static String added(JsonObject made) {
    var name = made.getString("name");
    if (Boolean.FALSE.equals(made.getBoolean("is_valid"))) {
      return name + " is there, but cannot be used: " + made.getString("validation_message")
          + "; to try again: umbel tracker test " + name;
    }
    return made.getJsonArray("projects").isEmpty()
        ? name + " is there, without projects: its key sees none"
        : name + " is there, with the projects " + projects(made);
  }

  private static String line(JsonObject tracker) {
    var isValid = !Boolean.FALSE.equals(tracker.getBoolean("is_valid"));
    var state = tracker.getBoolean("is_active") ? (isValid ? "active" : "invalid") : "inactive";
    return "%-20s %-8s %-9s %s"
        .formatted(
            tracker.getString("name"), tracker.getString("tracker_type"), state, projects(tracker))
        .stripTrailing();
  }
}
