package io.umbel.launcher.command;

import io.umbel.launcher.client.McpClient;
import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.identity.OwnToken;
import io.umbel.launcher.node.GatewayPlan;
import io.umbel.launcher.node.Roles;
import io.umbel.launcher.settings.Key;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Does once what a node does from its start to its first answers, and ends. The start script has
 * the classes that this takes written into an archive, which later starts read instead of jars.
 */
@Command(name = "rehearse", hidden = true)
public final class Rehearse implements Callable<Integer> {

  private static final Duration TO_END = Duration.ofSeconds(5);
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

  @Mixin
  private NodeFlags flags;

  @Override
  public Integer call() {
    var boot = new Boot(onItsOwn());
    var roles = Roles.of(boot.settings());
    var started = boot.start(roles);
    started.provide(roles);
    var plan = new GatewayPlan(boot.settings(), boot.data());
    var port = Up.openGateway(started, boot.settings(), roles, plan);
    var url = URI.create(GatewayUrl.of(boot.settings(), port));
    var vertx = started.engine().vertx();
    var token = OwnToken.of(vertx, boot.settings(), boot.data(), url, TOKEN_LIFE);
    var client = new McpClient(vertx, url, token);
    for (var tool : client.tools().await()) {
      client.call(tool.getString("name"), new JsonObject()).otherwiseEmpty().await();
    }
    started.shutdown().within(TO_END);
    return Exit.OK.status();
  }

  /** In a cluster, so that its classes are in the archive too, but one that nobody else is in. */
  private SettingFlags onItsOwn() {
    flags.set("rehearse", Key.PORT, "0");
    flags.set("rehearse", Key.CLUSTERED, "true");
    flags.set("rehearse", Key.CLUSTER_NAME, "rehearsal");
    flags.set("rehearse", Key.CLUSTER_MEMBERS, "127.0.0.1:9");
    flags.set("rehearse", Key.JOIN_SECONDS, "0");
    return flags;
  }
}
