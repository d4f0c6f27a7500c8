package io.umbel.launcher.command;

import io.umbel.gateway.stdio.StdioBridge;
import io.umbel.gateway.stdio.StdioVerticle;
import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.identity.OwnToken;
import io.umbel.launcher.node.Admission;
import io.umbel.launcher.node.GatewayPlan;
import io.umbel.launcher.node.Roles;
import io.umbel.storage.StorageRefusal;
import io.vertx.core.Future;
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

  /** Longer than a client keeps its servers. */
  private static final Duration BRIDGE_LIFE = Duration.ofDays(90);

  @Mixin
  private NodeFlags flags;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Front this gateway, with the token in MCP_TOKEN or one of the data directory.")
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
    started.node().provide(roles, false).await();
    var plan = new GatewayPlan(settings, boot.data()).overStdio(roles.expectedAtOnce());
    var registry = started.engine().registry();
    var stdio =
        new StdioVerticle(plan, registry, System.in, stdout, () -> started.awaitKeepers(roles));
    started.node().open("stdio", stdio).await();
    stdio.ended().recover(failure -> Future.failedFuture(told(failure))).await();
    started.shutdown().within(TO_END);
  }

  private static Throwable told(Throwable failure) {
    return failure instanceof StorageRefusal refusal ? Refusal.database(refusal) : failure;
  }

  private static void bridge(Boot boot, URI gateway, OutputStream stdout) {
    var vertx = boot.alone().vertx();
    var token = OwnToken.of(vertx, boot.settings(), boot.data(), gateway, BRIDGE_LIFE);
    new StdioBridge(vertx, gateway, token, System.in, stdout).run().await();
  }

  /** Only MCP may be written there: whatever else prints, prints to stderr. */
  private static OutputStream takeStdout() {
    System.setOut(System.err);
    return new FileOutputStream(FileDescriptor.out);
  }
}
