package io.umbel.launcher.command;

import io.umbel.gateway.GatewayVerticle;
import io.umbel.launcher.command.Boot.Started;
import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.identity.Guarding;
import io.umbel.launcher.identity.Minting;
import io.umbel.launcher.identity.Wanted;
import io.umbel.launcher.node.Admission;
import io.umbel.launcher.node.GatewayPlan;
import io.umbel.launcher.node.MachineMetrics;
import io.umbel.launcher.node.Role;
import io.umbel.launcher.node.Roles;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import io.vertx.core.Future;
import java.net.BindException;
import java.time.Duration;
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

  /** The token that is printed is for a laptop, where it goes into a client's file. */
  private static final Duration TOKEN_LIFE = Duration.ofDays(365);

  @Mixin
  private ListenFlags flags;

  @Override
  public Integer call() throws InterruptedException {
    var boot = new Boot(flags);
    var settings = boot.settings();
    admit(settings);
    var roles = Roles.of(settings);
    var plan = new GatewayPlan(settings, boot.data());
    if (roles.withGateway()) {
      plan.check();
    }
    var started = boot.start(roles);
    started.provide(roles);
    var port = openGateway(started, settings, roles, plan);
    var client = new ClientText(settings, port < 0 ? null : token(boot, started));
    System.out.println(new ReadyText(settings, roles, started.members().get(), client).on(port));
    new MachineMetrics().countInto(started.engine().registry());
    new CountDownLatch(1).await(); // the signal that ends the process runs the shutdown hook
    return Exit.OK.status();
  }

  /**
   * A token to paste, where this process can make one and it opens this machine's door only: what
   * is printed elsewhere, as in a container, is kept as a log.
   */
  private static String token(Boot boot, Started started) {
    if (!Admission.isThisMachineOnly(boot.settings())) {
      return null;
    }
    return switch (Guarding.of(boot.settings())) {
      case DEVELOPMENT, SECRET ->
        new Minting(started.engine().vertx(), boot.settings(), boot.data())
            .token(Wanted.local(TOKEN_LIFE));
      default -> null;
    };
  }

  private static void admit(Settings settings) {
    if (settings.texts(Key.ROLES).contains(Role.GATEWAY)) {
      Admission.ofHttp(settings);
    } else {
      Admission.ofAny(settings);
    }
  }

  /** The port, or -1 where this node is no gateway. */
  static int openGateway(Started started, Settings settings, Roles roles, GatewayPlan plan) {
    if (!roles.withGateway()) {
      return -1;
    }
    var gateway =
        new GatewayVerticle(plan.overHttp(roles.expected()), started.engine().registry());
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
