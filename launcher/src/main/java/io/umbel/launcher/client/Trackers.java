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

  /** Hides the one of that name or id, or removes it for good. */
  public void remove(String name, boolean forGood) {
    var tracker = all().stream()
        .filter(each -> name.equals(each.getString("name")) || name.equals(each.getString("id")))
        .findFirst()
        .orElseThrow(() -> Refusal.failed(
            "There is no tracker \"" + name + "\": \"umbel tracker list\" tells which there are"));
    var query = forGood ? "?hard_delete=true" : "";
    rest.ask(HttpMethod.DELETE, PATH + "/" + tracker.getString("id") + query, null);
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

  private static String line(JsonObject tracker) {
    var state = tracker.getBoolean("is_active") ? "active" : "inactive";
    return "%-20s %-8s %-9s %s"
        .formatted(
            tracker.getString("name"), tracker.getString("tracker_type"), state, projects(tracker))
        .stripTrailing();
  }
}
