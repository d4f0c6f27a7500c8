package io.umbel.launcher.command;

import io.umbel.launcher.exit.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has all issues read again. */
@Command(
    name = "rebuild",
    description = "Read all issues of the account again; what is there can be found meanwhile.",
    mixinStandardHelpOptions = true)
public final class SearchRebuild implements Callable<Integer> {

  @Mixin
  private ServerFlags flags;

  @Override
  public Integer call() {
    var index = flags.searchIndex().rebuilt();
    System.out.printf(
        "Read again: %d issues, %d comments%n",
        index.getInteger("issues"), index.getInteger("comments"));
    return Exit.OK.status();
  }
}
