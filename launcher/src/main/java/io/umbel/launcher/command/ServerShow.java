package io.umbel.launcher.command;

import io.umbel.launcher.client.ServerText;
import io.umbel.launcher.exit.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Show one, and the tools it was last found to offer. */
@Command(
    name = "show",
    description = "Show one, and the tools it was last found to offer.",
    mixinStandardHelpOptions = true)
public final class ServerShow implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name or namespace.")
  private String name;

  @Override
  public Integer call() {
    var servers = flags.servers();
    System.out.println(servers.find(name).encodePrettily());
    var tools = servers.tools(name);
    System.out.println(tools.isEmpty() ? "No tools" : ServerText.tools(tools));
    return Exit.OK.status();
  }
}
