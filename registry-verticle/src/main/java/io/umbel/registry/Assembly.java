package io.umbel.registry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.umbel.contract.Announcement;
import io.umbel.contract.Announcement.Instance;
import io.umbel.contract.Announcement.OfferedTool;
import io.umbel.contract.Node;
import io.umbel.outbound.Destinations;
import io.umbel.registry.manage.Admission;
import io.umbel.registry.manage.ManageDesk;
import io.umbel.registry.owner.Peers;
import io.umbel.registry.owner.RendezvousOwnership;
import io.umbel.registry.scan.Scanner;
import io.umbel.registry.server.Registration;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.ServerStore;
import io.umbel.registry.upstream.HttpUpstreams;
import io.umbel.registry.upstream.UpstreamSettings;
import io.umbel.registry.upstream.UpstreamSettings.Bounds;
import io.umbel.registry.upstream.stdio.Allowance;
import io.umbel.registry.upstream.stdio.StdioSettings;
import io.umbel.registry.upstream.stdio.StdioUpstreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts together what a registry is made of, as it is set up, on the node's database if it has one.
 */
final class Assembly implements Parts.Maker {

  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

  private final MeterRegistry meters;

  Assembly(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public Future<Parts> make(Vertx vertx, RegistrySettings settings, Instance self) {
    settings.operators().forEach(Assembly::tellItsNamespace);
    var ownership = new RendezvousOwnership(vertx, self);
    var keeping = new ServerStore.Keeping(
        settings.operators(),
        settings.keys(),
        settings.pinned(),
        new Peers(vertx, ownership)::areHeard);
    return ownership
        .open()
        .compose(open -> ServerStore.open(vertx, keeping))
        .map(store -> parts(vertx, settings, ownership, store));
  }

  private static void tellItsNamespace(Server server) {
    var reserved = Registration.reservedFor(server);
    if (reserved != null) {
      LOG.warn(
          "The server \"{}\" has the namespace {}, since {} is reserved: give it a namespace to have"
              + " another",
          server.name(),
          server.namespace(),
          reserved);
    }
  }

  private Parts parts(
      Vertx vertx, RegistrySettings settings, RendezvousOwnership ownership, ServerStore store) {
    var destinations = new Destinations(vertx, settings.destinations());
    var ways = ways(vertx, settings, ownership, destinations, store);
    return new Parts(
        new Scanner.Known(store.servers(), store.definitions(), () -> builtIn(ownership.present())),
        ways,
        ownership,
        desk(settings, store, destinations::check, Node.of(vertx).clock()),
        ways);
  }

  private Ways ways(
      Vertx vertx,
      RegistrySettings settings,
      RendezvousOwnership ownership,
      Destinations destinations,
      ServerStore store) {
    var about = Node.of(vertx).about();
    var client = new JsonObject().put("name", about.service()).put("version", about.version());
    var crossings = Counter.builder("mcp.upstream.crossings")
        .description("Questions of servers that did not say to which of several calls they belong")
        .register(meters);
    var usual = Bounds.USUAL;
    var bounds = new Bounds(
        settings.bounds().answerBytes(), usual.longest(), usual.openStreams(), usual.connect());
    var children = settings.children();
    return new Ways(
        new HttpUpstreams(
            vertx,
            new UpstreamSettings(client, settings.destinations(), null, bounds),
            destinations,
            crossings::increment),
        new StdioUpstreams(
            vertx,
            new StdioSettings(
                children.directory(),
                Allowance.of(children.commands(), List.copyOf(children.variables())),
                new StdioSettings.Surroundings(System.getenv(), children.inherited()),
                client,
                bounds.answerBytes(),
                StdioSettings.Times.USUAL.starting(children.start())),
            ownership,
            crossings::increment),
        store);
  }

  private static Parts.Desk desk(
      RegistrySettings settings, ServerStore store, Admission admission, Clock clock) {
    return (operations, caller, request) ->
        new ManageDesk(settings, store, admission, operations, clock).answer(caller, request);
  }

  private static Collection<String> builtIn(Collection<Announcement> present) {
    return present.stream()
        .flatMap(each -> each.offers().tools().stream())
        .map(OfferedTool::name)
        .toList();
  }
}
