package io.umbel.launcher.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;

/** How far a sync is, as people read it: a bar on a terminal, a line for each step elsewhere. */
public final class SyncText {

  private static final int WIDTH = 30;
  private static final int TOLD = 10;

  private final String name;
  private final PrintStream out;
  private final boolean isTerminal;
  private String last = "";

  public SyncText(String name, PrintStream out, boolean isTerminal) {
    this.name = name;
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** Shows how far it is. */
  public void show(JsonObject now) {
    var text = text(now);
    if (text.equals(last)) {
      return;
    }
    last = text;
    if (isTerminal) {
      out.print("\r\u001b[K" + text);
      out.flush();
    } else {
      out.println(text);
    }
  }

  /** Shows how it ended, and what could not be kept. */
  public void end(JsonObject now) {
    if (isTerminal && !last.isEmpty()) {
      out.print("\r\u001b[K");
    }
    out.println(result(now));
    var failures = now.getJsonArray("failures", new JsonArray());
    failures.stream()
        .limit(TOLD)
        .map(JsonObject.class::cast)
        .forEach(
            each -> out.println("  " + each.getString("key") + ": " + each.getString("message")));
    long more = now.getLong("failed", 0L) - Math.min(TOLD, failures.size());
    if (more > 0) {
      out.println("  and " + more + " more");
    }
  }

  private String result(JsonObject now) {
    var error = now.getString("error");
    return error == null
        ? name + " is in sync: " + now.getLong("done", 0L) + " issues looked at, "
            + now.getLong("written", 0L) + " new or changed, " + now.getLong("failed", 0L)
            + " not kept"
        : name + " is not in sync: " + error;
  }

  private String text(JsonObject now) {
    long done = now.getLong("done", 0L);
    var total = now.getLong("total");
    if (now.getString("state").equals("queued")) {
      return name + " waits for a node";
    }
    if (total == null || total == 0) {
      return name + " " + done + " issues";
    }
    var full = (int) Math.min(WIDTH, done * WIDTH / total);
    return name + " [" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + done + " of " + total;
  }
}
