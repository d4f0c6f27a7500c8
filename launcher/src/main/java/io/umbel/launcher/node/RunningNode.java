package io.umbel.launcher.node;

import io.umbel.launcher.exit.Refusal;
import io.umbel.storage.StorageRefusal;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started in this process, and how it is stopped again. Thread-safe. */
public final class RunningNode {

  private static final Logger LOG = LoggerFactory.getLogger(RunningNode.class);

  private final Vertx vertx;
  private final Queue<String> providers = new ConcurrentLinkedQueue<>();
  private volatile Supplier<Future<Void>> farewell = Future::succeededFuture;
  private volatile String door;

  public RunningNode(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Starts providers; fails with {@link Refusal} where one does not start.
   *
   * @param needingDatabase those that keep something in the node's database, or those that do not
   */
  public Future<Void> provide(Roles roles, boolean needingDatabase) {
    return Future.join(roles.providers(needingDatabase).stream()
            .map(role -> provide(role, roles.options(role)))
            .toList())
        .mapEmpty();
  }

  /**
   * Starts what clients come in by: after the providers, so that it finds them.
   *
   * @param role what it is called where it does not start
   */
  public Future<Void> open(String role, Deployable frontDoor) {
    return deploy(role, frontDoor, new DeploymentOptions())
        .onSuccess(id -> door = id)
        .mapEmpty();
  }

  /** Has clients take leave in that way before their door is closed. */
  public void endBy(Supplier<Future<Void>> leave) {
    farewell = leave;
  }

  /**
   * How it ends, step by step: clients are told, no more come, then each provider finishes, then
   * the bus.
   */
  public List<Supplier<Future<?>>> ending() {
    return List.of(() -> farewell.get(), this::closeDoor, this::undeployProviders, vertx::close);
  }

  /** Starts a provider that is made of settings. */
  public Future<Void> provide(String role, Deployable verticle) {
    return deploy(role, verticle, new DeploymentOptions())
        .onSuccess(providers::add)
        .mapEmpty();
  }

  private Future<String> provide(Role role, DeploymentOptions options) {
    return deploy(role.word(), role.verticle(), options).onSuccess(providers::add);
  }

  private Future<String> deploy(String role, Deployable verticle, DeploymentOptions options) {
    return vertx
        .deployVerticle(verticle, options)
        .recover(failure -> Future.failedFuture(refusal(role, failure)));
  }

  private Future<?> closeDoor() {
    return door == null ? Future.succeededFuture() : vertx.undeploy(door);
  }

  private Future<?> undeployProviders() {
    return Future.join(providers.stream().map(vertx::undeploy).toList());
  }

  /** A taken port is told by whoever knows the port. */
  private static Throwable refusal(String role, Throwable failure) {
    if (failure instanceof BindException) {
      return failure;
    }
    if (failure instanceof StorageRefusal refusal) {
      return Refusal.database(refusal);
    }
    LOG.debug("The role {} did not start", role, failure);
    return Refusal.notStarted(role, failure);
  }
}
