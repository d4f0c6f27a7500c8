package io.umbel.launcher.command;

import io.umbel.gateway.GatewayVerticle;
import io.umbel.launcher.command.Boot.Started;
import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.node.Admission;
import io.umbel.launcher.node.GatewayPlan;
import io.umbel.launcher.node.MachineMetrics;
import io.umbel.launcher.node.Role;
import io.umbel.launcher.node.Roles;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import io.vertx.core.Future;
import java.net.BindException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs roles in this process until it is told to end. */
@Command(
    name = "up",
    description = "Run Umbel: by default everything in one process, on 127.0.0.1:8080.",
    mixinStandardHelpOptions = true)
public final class Up implements Callable<Integer> {

  @Mixin
  private ListenFlags flags;

  @Override
  public Integer call() throws InterruptedException {
    var boot = new Boot(flags);
    var settings = boot.settings();
    admit(settings);
    var roles = Roles.of(settings);
    var started = boot.start(roles);
    started.node().provide(roles).await();
    var port = openGateway(started, settings, roles);
    System.out.println(new ReadyText(settings, roles, started.members().get()).on(port));
    new MachineMetrics().countInto(started.engine().registry());
    new CountDownLatch(1).await(); // the signal that ends the process runs the shutdown hook
    return Exit.OK.status();
  }

  private static void admit(Settings settings) {
    if (settings.texts(Key.ROLES).contains(Role.GATEWAY)) {
      Admission.ofHttp(settings);
    } else {
      Admission.ofAny(settings);
    }
  }

  /** The port, or -1 where this node is no gateway. */
  static int openGateway(Started started, Settings settings, Roles roles) {
    if (!roles.withGateway()) {
      return -1;
    }
    var plan = GatewayPlan.overHttp(settings, roles.expected());
    var gateway = new GatewayVerticle(plan, started.engine().registry());
    started
        .open(Role.GATEWAY, gateway)
        .recover(failure -> Future.failedFuture(taken(failure, settings)))
        .await();
    started.node().endBy(gateway::leave);
    return gateway.port();
  }

  private static Throwable taken(Throwable failure, Settings settings) {
    return failure instanceof BindException
        ? Refusal.portTaken(settings.text(Key.HOST), settings.number(Key.PORT))
        : failure;
  }
}
