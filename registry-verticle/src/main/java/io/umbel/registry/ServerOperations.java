package io.umbel.registry;

import io.umbel.contract.Caller;
import io.umbel.registry.bridge.Abilities;
import io.umbel.registry.manage.Operations;
import io.umbel.registry.owner.Elsewhere;
import io.umbel.registry.owner.OwnerAway;
import io.umbel.registry.pool.Pool;
import io.umbel.registry.scan.Keepers;
import io.umbel.registry.scan.Scanner;
import io.umbel.registry.server.Definitions.Difference;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done with a server: here, at its owner, or everywhere. */
final class ServerOperations implements Operations {

  /** What an owner is asked to do by another instance. */
  static final String OWNERS_SCAN = "owner.scan";

  /** Has an owner watch a resource of a process, which nobody else can. */
  static final String OWNERS_WATCH = "owner.watch";

  /** Has another instance read what an account registered before it uses it again. */
  static final String PEERS_READ = "peer.read";

  private static final Logger LOG = LoggerFactory.getLogger(ServerOperations.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Upstreams upstreams;
  private final Pool pool;
  private final Keepers keepers;
  private final Bulletin bulletin;
  private final Elsewhere elsewhere;

  ServerOperations(
      Upstreams upstreams, Pool pool, Keepers keepers, Bulletin bulletin, Elsewhere elsewhere) {
    this.upstreams = upstreams;
    this.pool = pool;
    this.keepers = keepers;
    this.bulletin = bulletin;
    this.elsewhere = elsewhere;
  }

  @Override
  public Future<Difference> scan(Server server) {
    var request = new JsonObject()
        .put("operation", OWNERS_SCAN)
        .put("id", server.key().id().toString());
    return elsewhere
        .ask(
            server.key().id(),
            asItself(server.key().account()),
            request,
            PATIENCE,
            () -> scanHere(server))
        .recover(failure -> failure instanceof OwnerAway away
            ? ownerAway(server, away)
            : Future.failedFuture(failure))
        .compose(ServerOperations::read);
  }

  /** Scans as the owner, or because nobody else does it: the difference, or why there is none. */
  Future<JsonObject> scanHere(Server server) {
    return keepers
        .scan(server)
        .map(ServerOperations::write)
        .recover(failure -> failure instanceof UpstreamFailure trouble
            ? Future.succeededFuture(write(trouble))
            : Future.failedFuture(failure));
  }

  /** Has a resource watched where that is possible: here, or where the process runs. */
  Future<JsonObject> watch(
      Caller caller, Server server, String uri, Supplier<Future<JsonObject>> here) {
    if (!(server.endpoint() instanceof Endpoint.Stdio)) {
      return here.get();
    }
    var request = new JsonObject()
        .put("operation", OWNERS_WATCH)
        .put("id", server.key().id().toString())
        .put("uri", uri);
    return elsewhere.ask(server.key().id(), caller, request, PATIENCE, here);
  }

  @Override
  public Future<JsonObject> test(Server server) {
    if (server.endpoint() instanceof Endpoint.Stdio
        && !elsewhere.isHere(server.key().id())) {
      return Future.failedFuture(
          new UpstreamFailure(Reason.STARTING, "Another node is to start it", false));
    }
    return upstreams.open(server, Abilities.ALL).map(open -> {
      open.close();
      return Scanner.facts(open.facts());
    });
  }

  @Override
  public Future<Void> reconnect(Server server) {
    bulletin.reconnect(server);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> everyoneKnows(String account) {
    var request = new JsonObject().put("operation", PEERS_READ);
    return elsewhere.askOthers(asItself(account), request, SOON).map(late -> {
      late.forEach(instance -> LOG.warn(
          "{} did not say in time that it knows which servers an account has now; without the"
              + " database it believes what it knew for {} s at most",
          instance.id(),
          SOON.toSeconds()));
      return null;
    });
  }

  @Override
  public JsonObject breaker(Server server, String account) {
    return pool.breaker(server, account);
  }

  @Override
  public Future<Void> resetBreaker(Server server, String account) {
    bulletin.resetBreaker(server, account);
    return Future.succeededFuture();
  }

  private Future<JsonObject> ownerAway(Server server, OwnerAway away) {
    return server.endpoint() instanceof Endpoint.Stdio
        ? Future.failedFuture(new UpstreamFailure(Reason.UNREACHABLE, away.getMessage(), false))
        : scanHere(server);
  }

  private static Caller asItself(String account) {
    return new Caller(account, "registry", null, null, Set.of());
  }

  private static JsonObject write(Difference difference) {
    return new JsonObject()
        .put("added", difference.added())
        .put("updated", difference.updated())
        .put("removed", difference.removed());
  }

  private static JsonObject write(UpstreamFailure trouble) {
    return new JsonObject()
        .put("failed", trouble.reason().name())
        .put("text", trouble.getMessage());
  }

  private static Future<Difference> read(JsonObject json) {
    var failed = json.getString("failed");
    return failed == null
        ? Future.succeededFuture(new Difference(
            json.getInteger("added", 0),
            json.getInteger("updated", 0),
            json.getInteger("removed", 0)))
        : Future.failedFuture(
            new UpstreamFailure(Reason.valueOf(failed), json.getString("text"), false));
  }
}
