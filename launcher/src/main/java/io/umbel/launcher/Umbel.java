package io.umbel.launcher;

import io.umbel.launcher.command.Call;
import io.umbel.launcher.command.Rehearse;
import io.umbel.launcher.command.Search;
import io.umbel.launcher.command.Server;
import io.umbel.launcher.command.Stdio;
import io.umbel.launcher.command.Token;
import io.umbel.launcher.command.Tools;
import io.umbel.launcher.command.Tracker;
import io.umbel.launcher.command.Up;
import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.log.Logs;
import io.umbel.launcher.node.Product;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The one main of Umbel: from the command line to a command and its exit status. */
@Command(
    name = "umbel",
    description = "An MCP gateway made of verticles.",
    subcommands = {
      Up.class,
      Token.class,
      Stdio.class,
      Tools.class,
      Call.class,
      Server.class,
      Tracker.class,
      Search.class,
      Rehearse.class,
      HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Umbel.Version.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:the tool said no, or a role did not start",
      "2:a flag or a setting cannot be used",
      "3:no gateway answers",
      "4:the port is taken",
      "5:the cluster cannot be joined",
      "6:there is no JDK",
      "7:the build failed",
      "8:there is no database that can be used"
    },
    footer = "%nSettings are in docs/configuration.md.")
public final class Umbel implements Runnable {

  private Umbel() {}

  /** Runs one command; the process ends with its exit status. */
  public static void main(String[] arguments) {
    logEverythingOneWay();
    var status = status(arguments);
    Logs.close();
    System.exit(status);
  }

  /** Even where a class is broken the process ends: what has been started would keep it alive. */
  private static int status(String... arguments) {
    try {
      return commandLine().execute(arguments);
    } catch (Error broken) { // the exceptions were told of already
      return failed(broken);
    }
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new ParameterException(commandLine(), "Which command?");
  }

  private static CommandLine commandLine() {
    return new CommandLine(new Umbel())
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure))
        .setParameterExceptionHandler((failure, given) -> misused(failure));
  }

  /** Vert.x and Hazelcast choose their loggers as soon as they are touched. */
  private static void logEverythingOneWay() {
    System.setProperty(
        "vertx.logger-delegate-factory-class-name",
        "io.vertx.core.logging.SLF4JLogDelegateFactory");
    System.setProperty("hazelcast.logging.type", "slf4j");
  }

  private static int failed(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      say(refusal.getMessage());
      return refusal.exit().status();
    }
    say("This is a bug: " + failure);
    failure.printStackTrace();
    return Exit.FAILED.status();
  }

  private static int misused(ParameterException failure) {
    var command = failure.getCommandLine();
    say(failure.getMessage());
    command.usage(System.err);
    return Exit.USAGE.status();
  }

  private static void say(String sentence) {
    System.err.println("umbel: " + sentence);
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Product.NAME + " " + Product.version()};
    }
  }
}
