package io.umbel.launcher.command;

import io.umbel.gateway.stdio.StdioBridge;
import io.umbel.gateway.stdio.StdioVerticle;
import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.node.Admission;
import io.umbel.launcher.node.GatewayPlan;
import io.umbel.launcher.node.Roles;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves MCP on stdin and stdout, until stdin ends. */
@Command(
    name = "stdio",
    description = {
      "Serve MCP on standard input and output, with everything in this process,",
      "or, with --url, in front of a gateway that runs elsewhere."
    },
    mixinStandardHelpOptions = true)
public final class Stdio implements Callable<Integer> {

  /** What is left of the five seconds after stdin has ended and the last answers are given. */
  private static final Duration TO_END = Duration.ofMillis(750);

  @Mixin
  private NodeFlags flags;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Front this gateway; a bearer token is taken from MCP_TOKEN.")
  private String url;

  @Override
  public Integer call() {
    var stdout = takeStdout();
    var boot = new Boot(flags);
    Admission.ofStdio(boot.settings());
    if (url != null) {
      bridge(boot, GatewayUrl.parse(url), stdout);
    } else {
      serve(boot, stdout);
    }
    return Exit.OK.status();
  }

  private static void serve(Boot boot, OutputStream stdout) {
    var settings = boot.settings();
    var roles = Roles.of(settings);
    var started = boot.start(roles);
    started.node().provide(roles).await();
    var plan = GatewayPlan.overStdio(settings, roles.expected());
    var stdio = new StdioVerticle(plan, started.engine().registry(), System.in, stdout);
    started.open("stdio", stdio).await();
    stdio.ended().await();
    started.shutdown().within(TO_END);
  }

  private static void bridge(Boot boot, URI gateway, OutputStream stdout) {
    var token = System.getenv("MCP_TOKEN");
    new StdioBridge(boot.alone().vertx(), gateway, token, System.in, stdout)
        .run()
        .await();
  }

  /** Only MCP may be written there: whatever else prints, prints to stderr. */
  private static OutputStream takeStdout() {
    System.setOut(System.err);
    return new FileOutputStream(FileDescriptor.out);
  }
}
