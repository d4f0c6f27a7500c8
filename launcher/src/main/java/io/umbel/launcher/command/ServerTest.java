package io.umbel.launcher.command;

import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Connect to one anew, and say whether it answers. */
@Command(
    name = "test",
    description = "Connect to one anew, and say whether it answers.",
    mixinStandardHelpOptions = true)
public final class ServerTest implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name or namespace.")
  private String name;

  @Override
  public Integer call() {
    var tried = flags.servers().post(name, "reconnect", null);
    if (tried.getString("status").equals("error")) {
      throw Refusal.failed(name + " cannot be used: " + tried.getString("last_error"));
    }
    if (tried.getString("status").equals("starting")) {
      throw Refusal.failed(name + " is starting; to wait for it: umbel server scan " + name);
    }
    System.out.println(name + " answers");
    return Exit.OK.status();
  }
}
