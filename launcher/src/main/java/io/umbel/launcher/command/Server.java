package io.umbel.launcher.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with upstream MCP servers of a running gateway. */
@Command(
    name = "server",
    description = "Register, look at and remove upstream MCP servers of a running gateway.",
    subcommands = {
      ServerAdd.class,
      ServerList.class,
      ServerShow.class,
      ServerScan.class,
      ServerTest.class,
      ServerApprove.class,
      ServerRemove.class,
      ServerImport.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class Server implements Runnable {

  @Spec
  private CommandSpec spec;

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What about servers?");
  }
}
