package io.umbel.gateway.rest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.contract.ToolVerticle;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Listening;
import io.umbel.gateway.GatewayVerticle;
import io.umbel.gateway.SampleTools;
import io.umbel.gateway.WhoTools;
import io.umbel.gateway.identity.IssuerKey;
import io.umbel.gateway.identity.TestIssuer;
import io.umbel.gateway.limits.RateSettings;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Three gateways on one database: A and B hear each other on a bus, C hears nobody and only has the
 * database.
 */
final class RestGateways implements AutoCloseable {

  private static final IssuerKey KEY = IssuerKey.es256("k");
  static final ClusterSecret SECRET = ClusterSecret.random();

  private final TestIssuer issuer = new TestIssuer(KEY);
  private final List<Vertx> nodes = new ArrayList<>();
  private final DatabaseUrl url;
  private final RateSettings rates;
  private final Supplier<List<ToolVerticle>> families;
  final GatewayVerticle a;
  final GatewayVerticle b;
  final GatewayVerticle c;

  RestGateways() {
    this(TestDatabase.fresh());
  }

  /** On that database, or on none. */
  RestGateways(DatabaseUrl url) {
    this(url, RateSettings.NONE, () -> List.of(new WhoTools(), new SampleTools()));
  }

  /** With these limits, and with these families on each node. */
  RestGateways(DatabaseUrl url, RateSettings rates, Supplier<List<ToolVerticle>> families) {
    this.url = url;
    this.rates = rates;
    this.families = families;
    var together = node();
    a = gateway(together);
    b = gateway(together);
    c = gateway(node());
  }

  private Vertx node() {
    var vertx = Vertx.vertx();
    nodes.add(vertx);
    var about = new Node.About("umbel", "1.2.3", "test");
    new Node(Node.ALONE, SECRET, Clock.systemUTC(), about).installOn(vertx);
    if (url != null) {
      url.installOn(vertx);
    }
    families.get().forEach(family -> vertx.deployVerticle(family).await());
    return vertx;
  }

  private GatewayVerticle gateway(Vertx vertx) {
    var settings = GatewaySettings.defaults()
        .guardedBy(issuer.guards().limiting(rates))
        .listeningOn(new Listening("127.0.0.1", 0, "/mcp"))
        .expecting(families.get().stream().map(ToolVerticle::name).collect(Collectors.toSet()));
    var gateway = new GatewayVerticle(settings, new SimpleMeterRegistry());
    vertx.deployVerticle(gateway).await();
    return gateway;
  }

  /** Where A and B hear each other. */
  Vertx bus() {
    return nodes.get(0);
  }

  DatabaseUrl url() {
    return url;
  }

  /** A client of A for that account, who may do everything. */
  RestClient admin(String account) {
    return client(a, token(account, "ann", "admin"));
  }

  RestClient client(GatewayVerticle gateway, String token) {
    return new RestClient(gateway.port(), token);
  }

  static String token(String account, String subject, String scope) {
    return token(account, subject, scope, new JsonObject());
  }

  static String token(String account, String subject, String scope, JsonObject more) {
    return KEY.sign(TestIssuer.claims(account, subject).put("scope", scope).mergeIn(more));
  }

  /** All of them end in good order. */
  void stop() {
    nodes.forEach(vertx -> vertx.close().await());
    nodes.clear();
  }

  @Override
  public void close() {
    stop();
    issuer.close();
  }
}
