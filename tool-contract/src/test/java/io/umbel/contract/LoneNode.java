package io.umbel.contract;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** A whole federation of one process: a real Vert.x whose clock the test moves. */
public final class LoneNode implements AutoCloseable {

  /** What it says of itself. */
  public static final Node.About ABOUT = new Node.About("umbel", "1.2.3", "test");

  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock();
  private final Node node = new Node(Node.ALONE, ClusterSecret.random(), clock, ABOUT);

  public LoneNode() {
    node.installOn(vertx);
  }

  public Vertx vertx() {
    return vertx;
  }

  public MovableClock clock() {
    return clock;
  }

  public Node node() {
    return node;
  }

  /** Deploys a verticle and waits until it has started. */
  public String deploy(Deployable verticle) {
    return deploy(verticle, new JsonObject());
  }

  /** Deploys a verticle with this configuration and waits until it has started. */
  public String deploy(Deployable verticle, JsonObject configuration) {
    var options = new DeploymentOptions().setConfig(configuration);
    return vertx.deployVerticle(verticle, options).await();
  }

  /** Begins to end it all. The next test, on a node of its own, need not wait for the goodbyes. */
  @Override
  public void close() {
    vertx.close();
  }
}
