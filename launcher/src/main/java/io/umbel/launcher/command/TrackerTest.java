package io.umbel.launcher.command;

import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks a tracker, and says whether it can be used. */
@Command(
    name = "test",
    description = "Ask a tracker, and say whether it can be used.",
    mixinStandardHelpOptions = true)
public final class TrackerTest implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name or id.")
  private String name;

  @Override
  public Integer call() {
    var verdict = flags.trackers().test(name);
    if (!verdict.getBoolean("is_valid")) {
      throw Refusal.failed(name + " cannot be used: " + verdict.getString("message"));
    }
    System.out.println(name + " can be used: " + verdict.getString("message"));
    return Exit.OK.status();
  }
}
