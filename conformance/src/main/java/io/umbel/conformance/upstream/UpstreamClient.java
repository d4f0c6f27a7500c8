package io.umbel.conformance.upstream;

import io.umbel.outbound.Destinations;
import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Era;
import io.umbel.registry.upstream.HttpUpstreams;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamSettings;
import io.umbel.registry.upstream.UpstreamSettings.Bounds;
import io.umbel.registry.upstream.rpc.Revisions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * The client of one scenario: starts an Umbel that has the server of the suite for an upstream, and
 * uses, through its gateway, all that the server offers. The scenario and what belongs to it stand
 * in the environment.
 */
public final class UpstreamClient {

  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

  private UpstreamClient() {}

  /** The last argument is the server's URL. Exit status 1 if it could not be used. */
  public static void main(String[] args) {
    int status = 0;
    try {
      visit(URI.create(args[args.length - 1]));
    } catch (RuntimeException | Error e) {
      System.err.println("upstream client: " + e);
      status = 1;
    }
    Runtime.getRuntime().halt(status);
  }

  private static void visit(URI url) {
    var context = System.getenv("MCP_CONFORMANCE_CONTEXT");
    var given = context == null ? new JsonObject() : new JsonObject(context);
    var revision = System.getenv("MCP_CONFORMANCE_PROTOCOL_VERSION");
    try (var umbel = new WholeUmbel(server(url, credentials(given)), LOOPBACK)) {
      var gateway = server(umbel.awaitScan(), new Credentials.None());
      umbel.deploy(new Visit(gateway, Revisions.era(revision), given));
    }
  }

  private static Server server(URI url, Credentials credentials) {
    return new Server(
        new Server.Key(Server.Key.OPERATOR, UUID.randomUUID()),
        WholeUmbel.SERVER,
        WholeUmbel.SERVER,
        new Endpoint.Http(url, credentials),
        Policy.USUAL,
        1);
  }

  private static Credentials credentials(JsonObject given) {
    var client = given.getString("client_id");
    return client == null
        ? new Credentials.None()
        : new Credentials.ClientCredentials(
            client,
            given.getString("client_secret"),
            given.getString("private_key_pem"),
            given.getString("signing_algorithm"),
            null);
  }

  /** A client of the gateway, of the scenario's era, on the thread of a verticle. */
  private static final class Visit extends VerticleBase {

    private final Server gateway;
    private final Era era;
    private final JsonObject given;

    Visit(Server gateway, Era era, JsonObject given) {
      this.gateway = gateway;
      this.era = era;
      this.given = given;
    }

    @Override
    public Future<?> start() {
      var self = new JsonObject().put("name", "visitor").put("version", "1");
      var settings = new UpstreamSettings(self, LOOPBACK, null, Bounds.USUAL);
      var destinations = new Destinations(vertx, LOOPBACK);
      return new HttpUpstreams(vertx, settings, destinations, () -> {})
          .open(gateway, Answers.CAPABILITIES, era)
          .compose(this::tour);
    }

    private Future<?> tour(Upstream open) {
      return new Tour(open, given).run().eventually(open::close);
    }
  }
}
