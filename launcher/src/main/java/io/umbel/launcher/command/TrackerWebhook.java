package io.umbel.launcher.command;

import io.umbel.launcher.exit.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a tracker tell of its changes. */
@Command(
    name = "webhook",
    description = {
      "Make a secret with which a tracker tells of its changes, in place of the one it has. It is",
      "shown once."
    },
    mixinStandardHelpOptions = true)
public final class TrackerWebhook implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name or id.")
  private String name;

  @Option(names = "--close", description = "Take no deliveries of it any more.")
  private boolean close;

  @Override
  public Integer call() {
    if (close) {
      flags.trackers().closeWebhook(name);
      System.out.println(name + " has no webhook");
    } else {
      var made = flags.trackers().openWebhook(name);
      System.out.println("path   " + made.getString("path"));
      System.out.println("secret " + made.getString("webhook_secret"));
    }
    return Exit.OK.status();
  }
}
