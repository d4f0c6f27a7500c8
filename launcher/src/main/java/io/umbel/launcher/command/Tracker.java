package io.umbel.launcher.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with trackers of a running gateway. */
@Command(
    name = "tracker",
    description = "Add, look at, test, sync and remove trackers of a running gateway.",
    subcommands = {
      TrackerAdd.class,
      TrackerList.class,
      TrackerTest.class,
      TrackerSync.class,
      TrackerWebhook.class,
      TrackerRemove.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class Tracker implements Runnable {

  @Spec
  private CommandSpec spec;

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What about trackers?");
  }
}
