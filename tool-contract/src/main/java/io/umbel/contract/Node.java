package io.umbel.contract;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.time.Clock;

/**
 * What a verticle needs to know of the process it runs in to take part in the federation. The
 * launcher installs one before it deploys anything.
 *
 * @param id this member's id on the clustered event bus, or {@code local} where it is alone
 * @param secret what the nodes of this cluster share
 * @param clock what time it is here
 * @param about what this process calls itself
 */
public record Node(String id, ClusterSecret secret, Clock clock, About about) implements Shareable {

  /** The id of a process that is not clustered. */
  public static final String ALONE = "local";

  private static final String ROOM = "umbel";

  /**
   * What a process says of itself in health answers and announcements.
   *
   * @param service the product's name
   * @param version of the product, as in {@code 0.1.0}
   * @param environment what the operator calls this installation, as in {@code production}
   */
  public record About(String service, String version, String environment) {}

  /** Makes this the node of everything deployed on that Vert.x. */
  public Node installOn(Vertx vertx) {
    vertx.sharedData().<String, Node>getLocalMap(ROOM).put("node", this);
    return this;
  }

  /**
   * The node of that Vert.x.
   *
   * @throws IllegalStateException if none was installed
   */
  public static Node of(Vertx vertx) {
    var node = vertx.sharedData().<String, Node>getLocalMap(ROOM).get("node");
    if (node == null) {
      throw new IllegalStateException(
          "No node is installed here: call new Node(…).installOn(vertx) before deploying");
    }
    return node;
  }
}
