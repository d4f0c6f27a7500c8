package io.umbel.launcher.command;

import io.umbel.contract.Node;
import io.umbel.contract.RunningWith;
import io.umbel.launcher.cluster.Membership;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.log.Logs;
import io.umbel.launcher.node.Engine;
import io.umbel.launcher.node.NodeDatabase;
import io.umbel.launcher.node.Product;
import io.umbel.launcher.node.RegistryPlan;
import io.umbel.launcher.node.Role;
import io.umbel.launcher.node.Roles;
import io.umbel.launcher.node.RunningNode;
import io.umbel.launcher.node.SecretFile;
import io.umbel.launcher.node.Shutdown;
import io.umbel.launcher.node.VaultPlan;
import io.umbel.launcher.settings.Home;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import io.umbel.launcher.settings.SettingsReader;
import io.umbel.launcher.trace.SpanExport;
import io.umbel.registry.RegistrySettings;
import io.umbel.registry.RegistryVerticle;
import io.umbel.storage.Vault;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.spi.VertxTracerFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What every command begins with: a Vert.x to read the settings with, and perhaps to run on. */
final class Boot {

  /** Enough to read the settings with, and for most nodes to run on. */
  private static final int USUAL_LOOPS = 1;

  private final Home home = Home.here();
  private final Settings settings;
  private Engine alone = Engine.alone(USUAL_LOOPS, VertxTracerFactory.NOOP);

  /**
   * Reads the settings and opens the log.
   *
   * @throws Refusal if they cannot be used
   */
  Boot(SettingFlags flags) {
    settings =
        new SettingsReader(alone.vertx(), home).read(flags.file, flags.layer()).await();
    Logs.open(settings);
    var loops = settings.number(Key.EVENT_LOOPS);
    var tracing = SpanExport.of(settings);
    if ((loops != USUAL_LOOPS || SpanExport.isOn(tracing)) && !settings.flag(Key.CLUSTERED)) {
      alone.vertx().close().await();
      alone = Engine.alone(loops, tracing);
    }
  }

  Settings settings() {
    return settings;
  }

  /** Where this process keeps what must outlive it. */
  Path data() {
    return home.data(settings);
  }

  /** What runs where nothing is clustered. */
  Engine alone() {
    return alone;
  }

  /**
   * Makes this process a node: alone, or a member of a cluster whose bus works. From here on it
   * ends in order.
   */
  Started start(Roles roles) {
    var data = data();
    var registry = roles.withRegistry() ? new RegistryPlan(settings, data).settings() : null;
    var database = NodeDatabase.begin(settings, data, roles.needDatabase());
    var ground = new Ground(database, registry, Shutdown.by(List.of(database::stop)));
    return settings.flag(Key.CLUSTERED)
        ? join(ground)
        : started(alone, Node.ALONE, List::of, ground);
  }

  private Started join(Ground ground) {
    var member = Membership.join(alone, home, settings).await();
    var started = started(member.engine(), member.nodeId(), member::members, ground);
    member.check(started.self()).await();
    return started;
  }

  private Started started(Engine engine, String id, Supplier<List<String>> members, Ground ground) {
    var secret = new SecretFile(data()).secret(settings);
    var about = new Node.About(Product.NAME, Product.version(), settings.text(Key.ENVIRONMENT));
    var self = new Node(id, secret, Clock.systemUTC(), about).installOn(engine.vertx());
    new RunningWith(settings.shown()).installOn(engine.vertx());
    if (settings.flag(Key.DATABASE)) {
      new Vault(new VaultPlan(settings, data()).keys()).installOn(engine.vertx());
    }
    var node = new RunningNode(engine.vertx());
    ground.shutdown().after(node.ending());
    return new Started(engine, self, node, members, ground);
  }

  /**
   * What is there before the node is, and still there when it has ended.
   *
   * @param registry how it is set up, or null where this node has none
   * @param shutdown what happens at the end, whenever that comes
   */
  record Ground(NodeDatabase database, RegistrySettings registry, Shutdown shutdown) {}

  /**
   * A process that is a node, and runs no role yet.
   *
   * @param self what its verticles know of it
   * @param members the addresses of those in its cluster; none where it is in none
   */
  record Started(
      Engine engine, Node self, RunningNode node, Supplier<List<String>> members, Ground ground) {

    /** Blocks until all providers run, also those that need the database. */
    void provide(Roles roles) {
      var others = node.provide(roles, false);
      awaitKeepers(roles);
      others.await();
    }

    /**
     * Blocks until what is deployed here finds the database, and all run that keep things in it.
     */
    void awaitKeepers(Roles roles) {
      awaitDatabase();
      joined(node.provide(roles, true));
      if (ground.registry() != null) {
        var registry = new RegistryVerticle(ground.registry(), engine.registry());
        joined(node.provide(Role.REGISTRY, registry));
      }
    }

    /** Opens the door for clients once there is a database behind it. */
    Future<Void> open(String role, Deployable frontDoor) {
      awaitDatabase();
      return node.open(role, frontDoor);
    }

    /** Blocks until what is deployed here finds the database, if this node has one. */
    void awaitDatabase() {
      ground.database().installOn(engine.vertx());
    }

    /** Vert.x lets nobody await on a worker. */
    private static void joined(Future<Void> future) {
      try {
        future.toCompletionStage().toCompletableFuture().join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof Refusal refusal ? refusal : e;
      }
    }

    Shutdown shutdown() {
      return ground.shutdown();
    }
  }
}
