package io.umbel.gateway;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Op;
import io.umbel.contract.Caller;
import io.umbel.contract.Node;
import io.umbel.contract.Roster;
import io.umbel.gateway.access.Access;
import io.umbel.gateway.access.Accounts;
import io.umbel.gateway.audit.Audit;
import io.umbel.gateway.audit.RecordedCalls;
import io.umbel.gateway.call.AskOthers;
import io.umbel.gateway.call.AskProvider;
import io.umbel.gateway.call.CallBooks;
import io.umbel.gateway.call.CallTool;
import io.umbel.gateway.call.CatalogDesk;
import io.umbel.gateway.call.Continuations;
import io.umbel.gateway.call.GatewayDesk;
import io.umbel.gateway.call.GatewayMetrics;
import io.umbel.gateway.call.McpDispatcher;
import io.umbel.gateway.call.OpenCalls;
import io.umbel.gateway.call.OpenNow;
import io.umbel.gateway.call.OpenStreams;
import io.umbel.gateway.call.ProviderBus;
import io.umbel.gateway.call.ProviderProbes;
import io.umbel.gateway.call.ProviderRequests;
import io.umbel.gateway.call.Reception;
import io.umbel.gateway.call.ResultCache;
import io.umbel.gateway.catalog.Arrivals;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.catalog.Pages;
import io.umbel.gateway.catalog.ParkedNow;
import io.umbel.gateway.catalog.Windows;
import io.umbel.gateway.changes.Changes;
import io.umbel.gateway.identity.Identity;
import io.umbel.gateway.identity.ProtectedResource;
import io.umbel.gateway.legacy.LegacyEra;
import io.umbel.gateway.legacy.Surroundings;
import io.umbel.gateway.limits.ClientAddress;
import io.umbel.gateway.limits.RateLimits;
import io.umbel.gateway.limits.RateMetrics;
import io.umbel.gateway.modern.ModernEra;
import io.umbel.gateway.trace.Traces;
import io.umbel.gateway.wire.Envelope;
import io.umbel.gateway.wire.Sealer;
import io.umbel.gateway.wire.ServerFacts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * A gateway without its transport: who is here, what they offer, how to call it, and both eras of
 * the protocol. HTTP and stdio stand in front of it.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
public final class McpServer {

  private final Catalog catalog;
  private final Windows windows;
  private final Roster roster;
  private final Arrivals arrivals;
  private final ProviderBus providers;
  private final ProviderProbes probes;
  private final ProviderRequests requests;
  private final GatewayDesk desk;
  private final Changes changes;
  private final GatewayMetrics metrics;
  private final OpenCalls calls;
  private final Reception reception;
  private final Audit audit;
  private final ModernEra modern;
  private final LegacyEra legacy;
  private final GatewaySettings settings;
  private final ProtectedResource resource;
  private final Identity identity;

  /** One without a database. */
  public McpServer(Vertx vertx, GatewaySettings settings, MeterRegistry registry) {
    this(vertx, settings, registry, Holdings.NONE);
  }

  /** One that knows what accounts have, and no keys of theirs. */
  public McpServer(
      Vertx vertx, GatewaySettings settings, MeterRegistry registry, Accounts accounts) {
    this(vertx, settings, registry, new Holdings(accounts, Identity.Registers.NONE));
  }

  /**
   * One that is set up so.
   *
   * @param holdings where it learns what accounts have
   */
  public McpServer(
      Vertx vertx, GatewaySettings settings, MeterRegistry registry, Holdings holdings) {
    this.settings = settings;
    var node = Node.of(vertx);
    var address = Bus.addressOf(Bus.GATEWAY, UUID.randomUUID().toString().substring(24));
    resource = new ProtectedResource(settings);
    identity = Identity.of(vertx, settings.guards().identity(), resource, holdings.registers());
    catalog = new Catalog(settings.lists().visibility());
    var access = settings.guards().access();
    windows = new Windows(vertx, catalog, holdings.accounts(), access.tagScopes(), registry);
    metrics = new GatewayMetrics(registry);
    arrivals = new Arrivals(vertx, catalog, ParkedNow.in(vertx, registry));
    roster = new Roster(vertx, arrivals);
    providers = new ProviderBus(vertx, catalog, roster);
    probes = new ProviderProbes(vertx, roster);
    requests = new ProviderRequests(vertx, roster);
    var now = OpenNow.in(vertx, registry);
    calls = new OpenCalls(now);
    desk = new GatewayDesk(vertx, address, calls, new CatalogDesk(node, windows, settings));
    reception = reception(vertx, windows, settings, registry);
    desk.takes(Op.DEPENDENCIES, asked -> dependencies().answer(asked));
    changes = new Changes(vertx, windows);
    var limits = settings.limits();
    var ask = asking(node, address);
    var kept = new ResultCache(Ticker.systemTicker(), metrics);
    audit = new Audit(vertx, settings.guards().audit(), registry);
    var books = new CallBooks(metrics, new RecordedCalls(audit, node.clock()));
    var dispatcher = new McpDispatcher(
        windows,
        new Pages(new Sealer(node.secret(), "cursor"), settings.lists().pageSize()),
        new CallTool(windows, new Access(access), ask, kept, books, limits.resultBytes()),
        new AskOthers(windows, ask));
    var facts = ServerFacts.of(node);
    var streams = new OpenStreams(limits.streamsPerCaller(), now);
    modern = new ModernEra(
        dispatcher, windows, changes, streams, facts, settings.lists().keepFor().toMillis());
    legacy = new LegacyEra(
        dispatcher,
        facts,
        new Surroundings(vertx, desk, changes, streams, reception, limits.sessionLife()));
  }

  private AskProvider asking(Node node, String address) {
    var continuations = new Continuations(new Sealer(node.secret(), "state"), node.clock());
    return new AskProvider(
        providers,
        continuations,
        calls,
        address,
        settings.limits().callTimeout().toMillis());
  }

  private static Reception reception(
      Vertx vertx, Windows windows, GatewaySettings from, MeterRegistry registry) {
    BiFunction<Caller, String, Future<Boolean>> shows = windows::showsTool;
    var limits = new RateLimits(vertx, from.guards().rates(), shows, new RateMetrics(registry));
    return new Reception(limits, new Traces(vertx, shows));
  }

  /** Begins to hear of providers; completes when those expected are here, or overdue. */
  public Future<Void> open() {
    providers.open();
    return Future.all(audit.open(), hear()).mapEmpty();
  }

  private Future<Void> hear() {
    return identity
        .open()
        .compose(ready -> legacy.open())
        .compose(ready -> desk.open())
        .compose(ready -> changes.open())
        .compose(ready -> roster.open())
        .compose(ready -> arrivals.of(settings.expected()));
  }

  /** Streams that are open end in good order. */
  public void close() {
    changes.close();
    legacy.connections().close();
    identity.close();
  }

  /** What this gateway depends on. */
  public Dependencies dependencies() {
    return new Dependencies(probes, rates(), audit, identity, settings.expected());
  }

  /** Puts what is left on record, once everything has been answered. */
  public Future<Void> settle() {
    rates().close();
    return audit.close();
  }

  /** Where providers are asked for what they keep. */
  public ProviderRequests requests() {
    return requests;
  }

  /** What is kept of what is done here. */
  public Audit audit() {
    return audit;
  }

  /** What clients have open here at the moment. */
  public Held held() {
    return new Held(
        calls.size(),
        changes.size(),
        legacy.streams(),
        legacy.questions(),
        legacy.connections().size());
  }

  /**
   * What clients have open at a gateway: nothing of it outlives them for long.
   *
   * @param calls whose answers are waited for
   * @param watchers that are told of changes
   * @param streams of sessions that are not over
   * @param questions rounds of them that sessions have not answered
   * @param connections of revision 2024-11-05
   */
  public record Held(int calls, int watchers, int streams, int questions, int connections) {

    /** Nothing at all. */
    public static final Held NOTHING = new Held(0, 0, 0, 0, 0);
  }

  /** Whether a message is to be answered by the rules of the stateless era. */
  public boolean isModern(Envelope message, String versionHeader) {
    return ModernEra.owns(message, versionHeader);
  }

  /** Completes if there is the server that this caller is narrowed to, or none is named. */
  public Future<Void> reach(Caller caller) {
    return windows.reach(caller);
  }

  public ModernEra modern() {
    return modern;
  }

  public LegacyEra legacy() {
    return legacy;
  }

  /** Who its clients are. */
  public Identity identity() {
    return identity;
  }

  /** What it tells of itself to those who have no token. */
  public ProtectedResource resource() {
    return resource;
  }

  /** Every tool on offer, by name, whoever may see it. */
  public NavigableMap<String, Offer> tools() {
    return catalog.everyones().all(Kind.TOOL);
  }

  public GatewayMetrics metrics() {
    return metrics;
  }

  /** Where its clients are. */
  public ClientAddress addresses() {
    return new ClientAddress(settings.guards().rates().proxies());
  }

  /** What every message comes by. */
  public Reception reception() {
    return reception;
  }

  /** How often each client may ask. */
  public RateLimits rates() {
    return reception.rates();
  }
}
