package io.umbel.launcher.command;

import io.umbel.launcher.client.ServerText;
import io.umbel.launcher.exit.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** List the upstream servers. */
@Command(name = "list", description = "List the upstream servers.", mixinStandardHelpOptions = true)
public final class ServerList implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Override
  public Integer call() {
    System.out.println(ServerText.list(flags.servers().all()));
    return Exit.OK.status();
  }
}
