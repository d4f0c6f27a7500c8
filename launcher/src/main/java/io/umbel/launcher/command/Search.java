package io.umbel.launcher.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with the search index of a running gateway. */
@Command(
    name = "search",
    description = "Rebuild the search index of a running gateway, or see how well it finds.",
    subcommands = {SearchRebuild.class, SearchQuality.class},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class Search implements Runnable {

  @Spec
  private CommandSpec spec;

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What about search?");
  }
}
