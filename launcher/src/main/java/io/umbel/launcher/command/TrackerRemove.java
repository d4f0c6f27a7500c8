package io.umbel.launcher.command;

import io.umbel.launcher.exit.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a tracker. */
@Command(
    name = "remove",
    description = "Remove a tracker: its issues are there for nobody any more.",
    mixinStandardHelpOptions = true)
public final class TrackerRemove implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name or id.")
  private String name;

  @Option(names = "--for-good", description = "With all that is in it, which nothing brings back.")
  private boolean forGood;

  @Override
  public Integer call() {
    flags.trackers().remove(name, forGood);
    System.out.println(name + " is removed");
    return Exit.OK.status();
  }
}
