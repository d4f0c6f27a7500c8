package io.umbel.launcher.command;

import io.umbel.launcher.client.ServerText;
import io.umbel.launcher.exit.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Find out what one offers now. */
@Command(
    name = "scan",
    description = "Find out what one offers now.",
    mixinStandardHelpOptions = true)
public final class ServerScan implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name or namespace.")
  private String name;

  @Override
  public Integer call() {
    var servers = flags.servers();
    var scan = servers.post(name, "scan?strict=true", null);
    System.out.println(ServerText.scanned(scan));
    System.out.println(ServerText.tools(servers.tools(name)));
    return Exit.OK.status();
  }
}
