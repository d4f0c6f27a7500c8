package io.umbel.launcher.command;

import io.umbel.launcher.client.SyncText;
import io.umbel.launcher.client.Terminal;
import io.umbel.launcher.exit.Exit;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Syncs a tracker and shows how far it is. */
@Command(
    name = "sync",
    description = {
      "Have the copy of a tracker's issues made anew, and show how far it is. It goes on without",
      "this command, too."
    },
    mixinStandardHelpOptions = true)
public final class TrackerSync implements Callable<Integer> {

  private static final Set<String> BUSY = Set.of("queued", "running");
  private static final long LOOK_MILLIS = 500;

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name or id.")
  private String name;

  @Override
  public Integer call() throws InterruptedException {
    var trackers = flags.trackers();
    trackers.sync(name);
    var text = new SyncText(name, System.out, Terminal.isHere());
    var now = trackers.syncOf(name);
    while (isBusy(now)) {
      text.show(now);
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      now = trackers.syncOf(name);
    }
    text.end(now);
    return now.getString("state").equals("idle") ? Exit.OK.status() : 1;
  }

  /** A tracker that asked to be left alone for a while is not waited for. */
  private static boolean isBusy(JsonObject now) {
    return BUSY.contains(now.getString("state")) && now.getString("error") == null;
  }
}
