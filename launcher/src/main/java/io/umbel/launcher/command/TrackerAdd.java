package io.umbel.launcher.command;

import io.umbel.launcher.client.Trackers;
import io.umbel.launcher.exit.Exit;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a tracker. */
@Command(name = "add", description = "Add a local tracker.", mixinStandardHelpOptions = true)
public final class TrackerAdd implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
  private String name;

  @Option(
      names = "--project",
      paramLabel = "KEY[=ID]",
      description = {
        "One of its projects: what keys begin with, as WEB; perhaps the id of the project of your",
        "account that it belongs to (default: one project, called as the tracker is)."
      })
  private List<String> projects = List.of();

  @Override
  public Integer call() {
    var made = flags.trackers().add(tracker());
    System.out.println(
        made.getString("name") + " is there, with the projects " + Trackers.projects(made));
    return Exit.OK.status();
  }

  private JsonObject tracker() {
    var tracker = JsonObject.of("name", name, "tracker_type", "local");
    return projects.isEmpty()
        ? tracker
        : tracker.put(
            "projects", new JsonArray(projects.stream().map(TrackerAdd::project).toList()));
  }

  private static JsonObject project(String text) {
    var parts = text.split("=", 2);
    var project = JsonObject.of("identifier", parts[0]);
    return parts.length == 1 ? project : project.put("project_id", parts[1]);
  }
}
