package io.umbel.conformance.upstream;

import io.umbel.outbound.Destinations;
import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.HttpUpstreams;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.UpstreamSettings;
import io.umbel.registry.upstream.UpstreamSettings.Bounds;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * The client of one scenario: opens a way to the server that the suite plays, as the registry does,
 * and uses all that it offers. The scenario and what belongs to it stand in the environment.
 */
public final class UpstreamClient {

  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

  private UpstreamClient() {}

  /** The last argument is the server's URL. Exit status 1 if it could not be spoken with. */
  public static void main(String[] args) {
    var url = URI.create(args[args.length - 1]);
    var context = System.getenv("MCP_CONFORMANCE_CONTEXT");
    var visit = new Visit(url, context == null ? new JsonObject() : new JsonObject(context));
    var vertx = Vertx.vertx();
    vertx.deployVerticle(visit).onComplete(done -> {
      if (done.failed()) {
        System.err.println("upstream client: " + done.cause().getMessage());
      }
      Runtime.getRuntime().halt(done.succeeded() ? 0 : 1);
    });
  }

  /** One visit, on the thread of a verticle. */
  private static final class Visit extends VerticleBase {

    private final URI url;
    private final JsonObject given;

    Visit(URI url, JsonObject given) {
      this.url = url;
      this.given = given;
    }

    @Override
    public Future<?> start() {
      var self = new JsonObject().put("name", "umbel").put("version", "0.1.0");
      var settings = new UpstreamSettings(self, LOOPBACK, null, Bounds.USUAL);
      var destinations = new Destinations(vertx, LOOPBACK);
      var upstreams = new HttpUpstreams(vertx, settings, destinations, () -> {});
      return upstreams.open(server(), Answers.CAPABILITIES).compose(this::visit);
    }

    private Future<?> visit(Upstream upstream) {
      return new Tour(upstream, given).run().eventually(upstream::close);
    }

    private Server server() {
      var key = new Server.Key("conformance", UUID.randomUUID());
      var endpoint = new Endpoint.Http(url, credentials());
      return new Server(key, "suite", "suite", endpoint, Policy.USUAL, 1);
    }

    private Credentials credentials() {
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
  }
}
