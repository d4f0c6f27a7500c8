package io.umbel.launcher.command;

import io.umbel.launcher.exit.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Remove one, with all that it offers. */
@Command(
    name = "remove",
    description = "Remove one, with all that it offers.",
    mixinStandardHelpOptions = true)
public final class ServerRemove implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name or namespace.")
  private String name;

  @Override
  public Integer call() {
    flags.servers().remove(name);
    System.out.println(name + " is removed");
    return Exit.OK.status();
  }
}
