package io.umbel.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.Bus;
import io.umbel.contract.Node;
import io.umbel.contract.Roster;
import io.umbel.gateway.call.CallTool;
import io.umbel.gateway.call.CatalogDesk;
import io.umbel.gateway.call.GatewayMetrics;
import io.umbel.gateway.call.McpDispatcher;
import io.umbel.gateway.call.ProviderBus;
import io.umbel.gateway.call.ProviderProbes;
import io.umbel.gateway.catalog.Arrivals;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.ToolPages;
import io.umbel.gateway.legacy.LegacyEra;
import io.umbel.gateway.modern.ModernEra;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.Sealer;
import io.umbel.gateway.wire.ServerFacts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.UUID;

/**
 * A gateway without its transport: who is here, what they offer, how to call it, and both eras of
 * the protocol. HTTP and stdio stand in front of it.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
public final class McpServer {

  private final Roster roster;
  private final Arrivals arrivals;
  private final ProviderBus providers;
  private final ProviderProbes probes;
  private final CatalogDesk desk;
  private final GatewayMetrics metrics;
  private final ModernEra modern;
  private final LegacyEra legacy;
  private final GatewaySettings settings;

  public McpServer(Vertx vertx, GatewaySettings settings, MeterRegistry registry) {
    this.settings = settings;
    var node = Node.of(vertx);
    var address = Bus.addressOf(Bus.GATEWAY, UUID.randomUUID().toString().substring(24));
    var catalog = new Catalog();
    metrics = new GatewayMetrics(registry);
    arrivals = new Arrivals(vertx, catalog);
    roster = new Roster(vertx, arrivals);
    providers = new ProviderBus(vertx, catalog, roster);
    probes = new ProviderProbes(vertx, roster);
    desk = new CatalogDesk(vertx, address, catalog, settings);
    var limits = settings.limits();
    var callLimits =
        new CallTool.Limits(limits.resultBytes(), limits.callTimeout().toMillis());
    var pages = new ToolPages(
        catalog, new Sealer(node.secret(), "cursor"), settings.lists().pageSize());
    var dispatcher =
        new McpDispatcher(pages, new CallTool(catalog, providers, metrics, callLimits, address));
    var facts = ServerFacts.of(node);
    modern = new ModernEra(dispatcher, facts, settings.lists().keepFor().toMillis());
    legacy = new LegacyEra(vertx, dispatcher, facts, limits.sessionLife());
  }

  /** Begins to hear of providers; completes when those expected are here, or overdue. */
  public Future<Void> open() {
    providers.open();
    return legacy
        .open()
        .compose(ready -> desk.open())
        .compose(ready -> roster.open())
        .compose(ready -> arrivals.of(settings.expected()));
  }

  /** Whether a message is to be answered by the rules of the stateless era. */
  public boolean isModern(Envelope message, String versionHeader) {
    return ModernEra.owns(message, versionHeader);
  }

  public ModernEra modern() {
    return modern;
  }

  public LegacyEra legacy() {
    return legacy;
  }

  public GatewayMetrics metrics() {
    return metrics;
  }

  public ProviderProbes providerProbes() {
    return probes;
  }
}
