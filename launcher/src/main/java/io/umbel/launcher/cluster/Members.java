package io.umbel.launcher.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import io.umbel.contract.Bus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.HashMap;
import java.util.Map;

/**
 * Who is in the cluster. Tells this process's own bus when a member has left: what that member was
 * asked will not be answered.
 */
final class Members implements MembershipListener {

  private static final String NODE_ID = "__vertx.nodeId";

  private final Vertx vertx;
  private final Cluster cluster;
  private final Promise<Void> company = Promise.promise();

  Members(Vertx vertx, Cluster cluster) {
    this.vertx = vertx;
    this.cluster = cluster;
  }

  /** Begins to listen. */
  Members watch() {
    cluster.addMembershipListener(this);
    if (cluster.getMembers().size() > 1) {
      company.tryComplete();
    }
    return this;
  }

  /** Completes once this member is not the only one. */
  Future<Void> company() {
    return company.future();
  }

  /** Where each is that takes part in the bus, by its node id; this one too. */
  Map<String, String> present() {
    var present = new HashMap<String, String>();
    for (var member : cluster.getMembers()) {
      if (nodeId(member) != null) {
        present.put(nodeId(member), address(member));
      }
    }
    return present;
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    company.tryComplete();
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    var left = nodeId(event.getMember());
    if (left != null) {
      var here = new DeliveryOptions().setLocalOnly(true);
      vertx.eventBus().publish(Bus.NODE_LEFT, left, here);
    }
  }

  private static String nodeId(Member member) {
    return member.getAttribute(NODE_ID);
  }

  private static String address(Member member) {
    return member.getAddress().getHost() + ":" + member.getAddress().getPort();
  }
}
