package io.umbel.launcher.command;

import io.umbel.launcher.client.ServerText;
import io.umbel.launcher.exit.Exit;
import io.vertx.core.json.JsonObject;
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
    while (isStarting(scan)) { // the gateway waits before it says so, and gives up some time
      System.err.println(name + " is starting ...");
      scan = servers.post(name, "scan?strict=true", null);
    }
    System.out.println(ServerText.scanned(scan));
    System.out.println(ServerText.tools(servers.tools(name)));
    return Exit.OK.status();
  }

  private static boolean isStarting(JsonObject scan) {
    return "starting".equals(scan.getString("status"));
  }
}
