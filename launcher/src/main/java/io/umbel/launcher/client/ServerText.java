package io.umbel.launcher.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Upstream servers as people read them. */
public final class ServerText {

  private ServerText() {}

  /** One server a line. */
  public static String list(List<JsonObject> servers) {
    if (servers.isEmpty()) {
      return "No upstream servers. To register one: umbel server add NAME --url URL";
    }
    return servers.stream()
        .map(each -> "%-20s %-8s %-9s %3d tools  %s"
            .formatted(
                each.getString("namespace"),
                each.getString("status"),
                each.getString("source"),
                each.getInteger("tool_count", 0),
                error(each))
            .stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  /** What came of registering one. */
  public static String added(JsonObject made) {
    var head = made.getString("name") + " is registered as " + made.getString("namespace");
    return switch (made.getString("status")) {
      case "active" -> head + ": " + made.getInteger("tool_count", 0) + " tools";
      case "inactive" -> head + ", and inactive";
      case "starting" ->
        head + ", and starting; to see what it offers: umbel server scan "
            + made.getString("namespace");
      default ->
        head + ", but cannot be used: " + made.getString("last_error")
            + "; to try again: umbel server scan " + made.getString("namespace");
    };
  }

  /** What a scan found. */
  public static String scanned(JsonObject scan) {
    return "%d tools: %d added, %d updated, %d removed"
        .formatted(
            scan.getInteger("tool_count"),
            scan.getInteger("added"),
            scan.getInteger("updated"),
            scan.getInteger("removed"));
  }

  /** Tools, one a line, with what waits to be approved. */
  public static String tools(List<JsonObject> tools) {
    return tools.stream().map(ServerText::tool).collect(Collectors.joining("\n"));
  }

  private static String tool(JsonObject tool) {
    var state = tool.getString("state");
    var mark = state.equals("approved") ? "" : " (" + state + ": waits to be approved)";
    var diff = tool.getJsonArray("diff", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .map(each -> "\n    " + each.getString("pointer") + ": " + each.getValue("before") + " -> "
            + each.getValue("after"))
        .collect(Collectors.joining());
    return "  " + tool.getString("listed_name") + mark + diff;
  }

  private static String error(JsonObject server) {
    var error = server.getString("last_error");
    return error == null ? "" : error;
  }
}
