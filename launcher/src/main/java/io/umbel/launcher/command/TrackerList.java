package io.umbel.launcher.command;

import io.umbel.launcher.client.Trackers;
import io.umbel.launcher.exit.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the trackers. */
@Command(name = "list", description = "List the trackers.", mixinStandardHelpOptions = true)
public final class TrackerList implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Override
  public Integer call() {
    System.out.println(Trackers.list(flags.trackers().all()));
    return Exit.OK.status();
  }
}
