package io.umbel.registry;

import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.Announcement.Offers;
import io.umbel.contract.Announcement.Traits;
import io.umbel.contract.Caller;
import io.umbel.contract.Conversation;
import io.umbel.contract.Node;
import io.umbel.contract.Outcome;
import io.umbel.contract.Provided;
import io.umbel.contract.Provider;
import io.umbel.registry.bridge.Bridge;
import io.umbel.registry.bridge.KnownHoldings;
import io.umbel.registry.bridge.Views;
import io.umbel.registry.owner.Elsewhere;
import io.umbel.registry.pool.Pool;
import io.umbel.registry.pool.UpstreamMetrics;
import io.umbel.registry.scan.Keepers;
import io.umbel.registry.scan.Scanner;
import io.umbel.registry.scan.Watches;
import io.umbel.registry.schema.SchemaChecks;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.Servers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Fronts external MCP servers as one provider: each caller has the tools, prompts and resources of
 * its account's servers, and of the operator's.
 */
public final class RegistryVerticle extends Provider {

  private static final long SWEEP_MILLIS = 20_000;

  private final RegistrySettings settings;
  private final MeterRegistry meters;
  private final Parts.Maker maker;
  private Parts parts;
  private Elsewhere elsewhere;
  private KnownHoldings holdings;
  private UpstreamMetrics metrics;
  private Pool pool;
  private Bridge bridge;
  private Keepers keepers;
  private Watches watches;
  private Bulletin bulletin;
  private ServerOperations operations;

  /**
   * One that is set up so, on the node's database if it has one.
   *
   * @param meters where it counts
   */
  public RegistryVerticle(RegistrySettings settings, MeterRegistry meters) {
    this(settings, meters, new Assembly(meters));
  }

  RegistryVerticle(RegistrySettings settings, MeterRegistry meters, Parts.Maker maker) {
    this.settings = settings;
    this.meters = meters;
    this.maker = maker;
  }

  @Override
  protected String name() {
    return "registry";
  }

  @Override
  protected Traits traits() {
    return new Traits(true, false, true);
  }

  @Override
  protected Offers offers() {
    return Offers.NONE;
  }

  @Override
  protected Future<?> prepare() {
    return maker.make(vertx, settings, instance()).compose(made -> {
      parts = made;
      furnish();
      listen();
      return bulletin.open().compose(open -> keepers.renew());
    });
  }

  @Override
  protected Future<Provided> provided(Caller caller) {
    return bridge.provided(caller);
  }

  @Override
  protected Future<Outcome> answer(Conversation conversation) {
    return bridge.answer(conversation);
  }

  @Override
  protected Future<JsonObject> manage(Caller caller, JsonObject request) {
    var operation = request.getString("operation");
    if (ServerOperations.OWNERS_SCAN.equals(operation)) {
      return asOwner(request, operations::scanHere);
    }
    if (ServerOperations.OWNERS_WATCH.equals(operation)) {
      return asOwner(request, server -> want(caller, server, request.getString("uri")));
    }
    if (ServerOperations.PEERS_READ.equals(operation)) {
      return servers().refresh(caller.account()).map(new JsonObject());
    }
    return parts.desk().answer(operations, caller, request);
  }

  @Override
  protected void watched(Caller caller, List<String> uris) {
    bridge
        .serversOf(caller, uris)
        .onSuccess(found -> found.forEach((uri, server) ->
            operations.watch(caller, server, uri, () -> want(caller, server, uri))));
  }

  @Override
  protected Future<?> finish() {
    return parts == null
        ? Future.succeededFuture()
        : Future.join(keepers.close(), watches.close(), pool.close(), bulletin.close())
            .eventually(() -> parts.ends().close());
  }

  private Servers servers() {
    return parts.known().servers();
  }

  private void furnish() {
    var clock = Node.of(vertx).clock();
    var schemas = new SchemaChecks();
    metrics = new UpstreamMetrics(meters);
    elsewhere = new Elsewhere(vertx, name(), parts.ownership());
    holdings = new KnownHoldings(servers(), parts.known().definitions());
    pool = new Pool(vertx, parts.upstreams(), clock, metrics);
    bridge = new Bridge(holdings, pool, schemas, this::route);
    keepers = new Keepers(
        vertx,
        parts.upstreams(),
        new Scanner(vertx, parts.known(), schemas, clock),
        metrics,
        servers(),
        parts.ownership());
    watches = new Watches(parts.upstreams(), clock, this::resourceChanged);
    bulletin = new Bulletin(vertx, servers(), pool, keepers, parts.ends());
    operations = new ServerOperations(parts.upstreams(), pool, keepers, bulletin, elsewhere);
  }

  private void listen() {
    var views = new Views(vertx, holdings, this::tellProvisionChanged);
    servers().onChange(account -> {
      views.changed(account);
      servers().everyone().onSuccess(this::keepOnly);
      keepers.renew();
    });
    parts.known().definitions().onChange(server -> views.changed(server.account()));
    parts.ownership().onChange(keepers::renew);
    vertx.setPeriodic(SWEEP_MILLIS, tick -> {
      pool.sweep();
      watches.sweep();
    });
  }

  /** What leads to other servers, or to other versions of them, is closed. */
  private void keepOnly(List<Server> all) {
    pool.keepOnly(all).forEach(parts.ends()::stop);
    watches.keepOnly(all);
  }

  /** What is a process runs once, at its owner; everything else is asked from here. */
  private Future<Outcome> route(
      Server server,
      Conversation conversation,
      boolean repeatable,
      Supplier<Future<Outcome>> here) {
    return server.endpoint() instanceof Endpoint.Stdio
        ? elsewhere.answer(server.key().id(), conversation, repeatable, here)
        : here.get();
  }

  private Future<JsonObject> want(Caller caller, Server server, String uri) {
    watches.want(caller.account(), server, uri);
    return Future.succeededFuture(new JsonObject());
  }

  /** Another instance thinks that this one looks after a server. */
  private Future<JsonObject> asOwner(
      JsonObject request, Function<Server, Future<JsonObject>> action) {
    var id = request.getString("id");
    return servers()
        .everyone()
        .compose(all -> all.stream()
            .filter(server -> server.key().id().toString().equals(id))
            .findFirst()
            .map(action)
            .orElse(Future.succeededFuture(new JsonObject()
                .put("failed", "UNREACHABLE")
                .put("text", "The node that looks after it does not know it yet"))));
  }
}
