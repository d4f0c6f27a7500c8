package io.umbel.registry.scan;

import io.umbel.contract.ServerNames;
import io.umbel.registry.schema.SchemaChecks;
import io.umbel.registry.server.Definitions;
import io.umbel.registry.server.Definitions.Definition;
import io.umbel.registry.server.Definitions.Difference;
import io.umbel.registry.server.Definitions.Kind;
import io.umbel.registry.server.Definitions.Standing;
import io.umbel.registry.server.Definitions.State;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.Servers;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstream.Facts;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Finds out what a server offers, judges it, and writes it down with how the server does. */
public final class Scanner {

  private final Vertx vertx;
  private final Known known;
  private final SchemaChecks schemas;
  private final Clock clock;
  private final Map<Version, Future<Difference>> underWay = new HashMap<>();

  private record Version(UUID server, long version) {}

  /**
   * What is known of everybody.
   *
   * @param servers which there are
   * @param definitions what they offer
   * @param builtIn names of the tools that are no server's
   */
  public record Known(
      Servers servers, Definitions definitions, Supplier<Collection<String>> builtIn) {}

  public Scanner(Vertx vertx, Known known, SchemaChecks schemas, Clock clock) {
    this.vertx = vertx;
    this.known = known;
    this.schemas = schemas;
    this.clock = clock;
  }

  /** Scans over this connection; a second one of the same server as it is joins the first. */
  public Future<Difference> scan(Server server, Upstream upstream) {
    var id = new Version(server.key().id(), server.version());
    var first = underWay.get(id);
    if (first != null) {
      return first;
    }
    var scan = scanned(server, upstream);
    if (!scan.isComplete()) {
      underWay.put(id, scan);
      scan.onComplete(done -> underWay.remove(id, scan));
    }
    return scan;
  }

  /** The server did not answer: what it offered stays, and it is written down why. */
  public Future<Void> failed(Server server, Throwable why) {
    return stands(server, before -> before.failed(why.getMessage(), clock.instant()));
  }

  /** The server answered. */
  public Future<Void> answered(Server server) {
    return stands(server, before -> before.answered(clock.instant()));
  }

  /** The server is a process that has not told of itself yet. */
  public Future<Void> starting(Server server) {
    return stands(server, before -> before.starting(clock.instant()));
  }

  private Future<Void> stands(Server server, UnaryOperator<Standing> now) {
    var definitions = known.definitions();
    return isCurrent(server)
        .compose(current -> !current
            ? Future.succeededFuture()
            : definitions
                .standing(server.key())
                .map(before -> now.apply(before == null ? Standing.UNKNOWN : before))
                .compose(standing -> definitions.stands(server.key(), standing)));
  }

  /** Whether it is not another by now: what is found out of the old one is not true of the new. */
  private Future<Boolean> isCurrent(Server server) {
    return known
        .servers()
        .find(server.key().account(), server.key().id())
        .map(now -> now.stream().noneMatch(each -> each.version() > server.version()));
  }

  private Future<Difference> scanned(Server server, Upstream upstream) {
    var timeout = server.policy().limits().timeout();
    return new Lists(vertx, upstream, timeout)
        .read()
        .compose(offered -> vertx.executeBlocking(() -> noteSchemas(offered)))
        .compose(offered -> isCurrent(server).map(current -> current ? offered : outdated()))
        .compose(offered -> judged(server, offered)
            .compose(judged -> known.definitions().found(server.key(), judged))
            .compose(difference -> known
                .definitions()
                .stands(server.key(), standing(upstream.facts(), offered))
                .map(difference)));
  }

  private static Offered outdated() {
    throw new UpstreamFailure(Reason.CANCELLED, "It was changed while it was scanned", false);
  }

  private Future<List<Definition>> judged(Server server, Offered offered) {
    return others(server)
        .compose(others -> known
            .definitions()
            .of(server.key())
            .compose(before -> vertx.executeBlocking(
                () -> new Judgement(server.namespace(), others, before).of(offered), false)));
  }

  private Future<Others> others(Server server) {
    var others = new Others();
    known.builtIn().get().forEach(others::addOurs);
    return known.servers().of(server.key().account()).compose(all -> {
      var asked = all.stream()
          .filter(other -> !other.key().equals(server.key()) && other.policy().active())
          .map(other -> names(other).onSuccess(names -> names.forEach(others::addServers)))
          .toList();
      return Future.join(asked).map(others).otherwise(others);
    });
  }

  private Future<List<String>> names(Server other) {
    return known
        .definitions()
        .of(other.key())
        .map(found -> found.stream()
            .filter(each -> each.kind() == Kind.TOOL)
            .filter(each -> each.state() == State.APPROVED || each.state() == State.CHANGED)
            .map(each -> ServerNames.of(other.namespace(), each.name()))
            .toList());
  }

  private Offered noteSchemas(Offered offered) {
    for (var thing : offered.things()) {
      if (thing.json().getValue("inputSchema") instanceof JsonObject schema
          && thing.kind() == Kind.TOOL) {
        schemas
            .unused(thing.hash(), schema)
            .ifPresent(why -> offered.note(
                "%s: its arguments are left to the server to check, since its schema is not used: %s"
                    .formatted(thing.name(), why)));
      }
    }
    if (offered.count(Kind.TOOL) == 0) {
      offered.note(offered.things().isEmpty() ? "It offers nothing at all" : "It offers no tools");
    }
    return offered;
  }

  private Standing standing(Facts facts, Offered offered) {
    var said = facts(facts);
    if (!offered.notes().isEmpty()) {
      said.put("notes", new JsonArray(List.copyOf(offered.notes())));
    }
    return new Standing(true, null, clock.instant(), clock.instant(), said);
  }

  /** What a server says of itself, as it is shown to its owner. */
  public static JsonObject facts(Facts facts) {
    var said = new JsonObject()
        .put("modern", facts.modern())
        .put("revision", facts.revision())
        .put("serverInfo", facts.serverInfo())
        .put("capabilities", facts.capabilities());
    return facts.instructions() == null ? said : said.put("instructions", facts.instructions());
  }
}
