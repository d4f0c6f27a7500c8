package io.umbel.launcher.command;

import io.umbel.launcher.client.Shown;
import io.umbel.launcher.exit.Exit;
import io.vertx.core.json.JsonArray;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the tools of a running gateway. */
@Command(
    name = "tools",
    description = "List the tools of a running gateway.",
    mixinStandardHelpOptions = true)
public final class Tools implements Callable<Integer> {

  @Mixin
  private ClientFlags flags;

  @Option(names = "--json", description = "Print whole definitions.")
  private boolean json;

  @Override
  public Integer call() {
    var tools = flags.client().tools().await();
    System.out.println(json ? new JsonArray(tools).encodePrettily() : Shown.tools(tools));
    return Exit.OK.status();
  }
}
