package io.umbel.launcher.command;

import io.umbel.launcher.client.Trackers;
import io.umbel.launcher.exit.Exit;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a tracker. */
@Command(name = "add", description = "Add a tracker.", mixinStandardHelpOptions = true)
public final class TrackerAdd implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
  private String name;

  @Mixin
  private KeyFlags key;

  @Option(
      names = "--type",
      paramLabel = "KIND",
      defaultValue = "local",
      description = "local (default), github, gitlab or jira.")
  private String type;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where its API is; needed for jira, and for servers of your own.")
  private String url;

  @Option(
      names = "--auth-type",
      paramLabel = "WORD",
      description = "api_token (default) or github_app, whose key is its private key in PEM.")
  private String auth;

  @Option(
      names = "--detail",
      paramLabel = "NAME=VALUE",
      description = "What its kind needs beside, as email=ann@acme.com for Jira Cloud.")
  private Map<String, String> details = new LinkedHashMap<>();

  @Option(
      names = "--project",
      paramLabel = "KEY[=ID]",
      description = {
        "One of its projects, as WEB or acme/web; perhaps the id of the project of your account",
        "that it belongs to (default: a local tracker has one, called as itself; of another one",
        "all that its key sees)."
      })
  private List<String> projects = List.of();

  @Override
  public Integer call() {
    var made = flags.trackers().add(tracker());
    System.out.println(Trackers.added(made));
    return Boolean.FALSE.equals(made.getBoolean("is_valid"))
        ? Exit.FAILED.status()
        : Exit.OK.status();
  }

  private JsonObject tracker() {
    var tracker = JsonObject.of("name", name, "tracker_type", type);
    given(tracker, "url", url);
    given(tracker, "auth_type", auth);
    given(tracker, "api_key", key.read());
    if (!details.isEmpty()) {
      tracker.put("connection_details", new JsonObject(new LinkedHashMap<>(details)));
    }
    return projects.isEmpty()
        ? tracker
        : tracker.put(
            "projects", new JsonArray(projects.stream().map(TrackerAdd::project).toList()));
  }

  private static void given(JsonObject tracker, String member, String value) {
    if (value != null) {
      tracker.put(member, value);
    }
  }

  private static JsonObject project(String text) {
    var parts = text.split("=", 2);
    var project = JsonObject.of("identifier", parts[0]);
    return parts.length == 1 ? project : project.put("project_id", parts[1]);
  }
}
