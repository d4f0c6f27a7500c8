package io.umbel.launcher.cluster;

import io.umbel.contract.Node;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.node.Engine;
import io.umbel.launcher.settings.Home;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import io.umbel.launcher.trace.SpanExport;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** This process as one member of a cluster. */
public final class Membership {

  private final Settings settings;
  private final Engine engine;
  private final String nodeId;
  private final Members members;
  private final String host;

  private Membership(
      Settings settings, Engine engine, String nodeId, Members members, String host) {
    this.settings = settings;
    this.engine = engine;
    this.nodeId = nodeId;
    this.members = members;
    this.host = host;
  }

  /**
   * Joins, or begins a cluster where nobody is.
   *
   * @param alone what was there before; it is closed
   */
  public static Future<Membership> join(Engine alone, Home home, Settings settings) {
    var host = address(settings.text(Key.CLUSTER_HOST));
    var hazelcast = new HazelcastClusterManager(ClusterXml.read(home, settings, host));
    return alone
        .vertx()
        .close()
        .compose(closed -> Engine.clustered(
            hazelcast,
            bus(settings, host),
            settings.number(Key.EVENT_LOOPS),
            SpanExport.of(settings)))
        .recover(failure -> Future.failedFuture(notJoined(failure)))
        .map(engine -> member(settings, engine, hazelcast, host));
  }

  /** The Vert.x that is clustered. */
  public Engine engine() {
    return engine;
  }

  /** This member's id on the bus. */
  public String nodeId() {
    return nodeId;
  }

  /** The addresses of all members, this one too. */
  public List<String> members() {
    return members.present().values().stream().sorted().toList();
  }

  /**
   * Fails with {@link Refusal} where those who were named are not here, or the bus does not carry.
   */
  public Future<Void> check(Node node) {
    return company().compose(here -> new BusCheck(engine.vertx(), node, members::present).run());
  }

  private Future<Void> company() {
    var seconds = settings.number(Key.JOIN_SECONDS);
    var others = others();
    if (others.isEmpty() || seconds == 0) {
      return Future.succeededFuture();
    }
    var tooLate = engine.vertx().timer(seconds * 1000L);
    return Future.any(members.company(), tooLate)
        .compose(any -> members.company().isComplete()
            ? Future.succeededFuture()
            : Future.failedFuture(nobody(others, seconds)));
  }

  /** The members that were named and are not this one. */
  private List<String> others() {
    var others = new ArrayList<>(settings.texts(Key.CLUSTER_MEMBERS));
    others.removeAll(List.of("127.0.0.1", "localhost", host, settings.text(Key.CLUSTER_HOST)));
    return others;
  }

  private Refusal nobody(List<String> others, int seconds) {
    return Refusal.cluster(
        ("No other node of the cluster \"%s\" was found at %s within %d s. Is one running there, with the"
                + " same umbel.cluster.name? Can it reach this one at %s (umbel.cluster.host)?")
            .formatted(settings.text(Key.CLUSTER_NAME), String.join(", ", others), seconds, host));
  }

  private static Membership member(
      Settings settings, Engine engine, HazelcastClusterManager hazelcast, String host) {
    var cluster = hazelcast.getHazelcastInstance().getCluster();
    var members = new Members(engine.vertx(), cluster).watch();
    return new Membership(settings, engine, hazelcast.getNodeId(), members, host);
  }

  private static EventBusOptions bus(Settings settings, String host) {
    return new EventBusOptions().setHost(host).setPort(settings.number(Key.BUS_PORT));
  }

  /** Others are told this address, so it has to be one of this machine's own. */
  private static String address(String host) {
    try {
      var address = InetAddress.getByName(host);
      if (NetworkInterface.getByInetAddress(address) != null) {
        return address.getHostAddress();
      }
    } catch (UnknownHostException | SocketException e) {
      // Told below.
    }
    throw Refusal.usage(
        "umbel.cluster.host is \"" + host + "\", which is no address of this machine");
  }

  private static Throwable notJoined(Throwable failure) {
    return Refusal.cluster("Cannot start as a member of a cluster: " + Refusal.reason(failure));
  }
}
