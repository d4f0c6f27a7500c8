package io.umbel.registry.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.umbel.outbound.Destinations;
import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.http.Credential;
import io.umbel.registry.upstream.http.Openings;
import io.umbel.registry.upstream.http.Web;
import io.umbel.registry.upstream.oauth.Grant;
import io.umbel.registry.upstream.rpc.Self;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/**
 * Ways to servers over HTTP. Of which era a server is, is tried and remembered: first without a
 * session, then with one, then with the transport of 2024-11-05. A client of sessions gets one also
 * where the server would need none, if it has them.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning">
 *     Versioning</a>
 */
public final class HttpUpstreams implements Upstreams {

  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int MOST = 10_000;

  /** This part of a request's time is given to a server that may have no sessions. */
  private static final int TRIAL = 3;

  private final Vertx vertx;
  private final UpstreamSettings settings;
  private final Web web;
  private final Runnable crossed;
  private final Cache<UUID, Way> ways =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST).build();
  private final Cache<Endpoint, Boolean> sessionless =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST).build();
  private final Cache<UUID, Openings.Known> known = remembered();
  private final Cache<Endpoint, Grant> grants = remembered();

  /** How a server wants to be spoken with. */
  private enum Way {
    STATELESS,
    SESSION,
    EVENTS
  }

  /**
   * Ways to wherever destinations reach.
   *
   * @param crossed runs whenever a server asked something that belongs to one of several calls, and
   *     did not say to which
   */
  public HttpUpstreams(
      Vertx vertx, UpstreamSettings settings, Destinations destinations, Runnable crossed) {
    this.vertx = vertx;
    this.settings = settings;
    this.web = new Web(vertx, settings, destinations);
    this.crossed = crossed;
  }

  @Override
  public Future<Upstream> open(Server server, JsonObject capabilities, Era wanted) {
    var self =
        new Self(settings.client(), capabilities, server.policy().limits().timeout());
    if (server.endpoint() instanceof Endpoint.Sse sse) {
      return openings(server, sse.url(), sse.credentials()).events(self);
    }
    if (server.endpoint() instanceof Endpoint.Http http) {
      var openings = openings(server, http.url(), http.credentials());
      return open(server, openings, self)
          .compose(open -> matched(open, http, openings, self, wanted));
    }
    throw new IllegalArgumentException("not over HTTP: " + server.endpoint());
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return web.close();
  }

  private Future<Upstream> open(Server server, Openings openings, Self self) {
    var id = server.key().id();
    var way = ways.getIfPresent(id);
    var opened = way == Way.SESSION
        ? openings.session(self)
        : way == Way.EVENTS ? openings.events(self) : null;
    return opened == null
        ? probe(id, openings, self)
        : opened.recover(
            why -> Openings.isOtherEra(why) ? probe(id, openings, self) : Future.failedFuture(why));
  }

  private Future<Upstream> probe(UUID id, Openings openings, Self self) {
    return openings
        .stateless(self)
        .compose(found -> found.isPresent()
            ? remembered(id, Way.STATELESS, found.get())
            : session(id, openings, self));
  }

  private Future<Upstream> session(UUID id, Openings openings, Self self) {
    return openings
        .session(self)
        .compose(open -> remembered(id, Way.SESSION, open))
        .recover(why ->
            Openings.isOtherEra(why) ? events(id, openings, self, why) : Future.failedFuture(why));
  }

  private Future<Upstream> events(UUID id, Openings openings, Self self, Throwable before) {
    return openings
        .events(self)
        .compose(open -> remembered(id, Way.EVENTS, open))
        .recover(why -> Future.failedFuture(before));
  }

  /** A session beside what needs none, where that is wanted and the server has them too. */
  private Future<Upstream> matched(
      Upstream open, Endpoint endpoint, Openings openings, Self self, Era wanted) {
    if (wanted != Era.SESSION
        || !open.facts().modern()
        || sessionless.getIfPresent(endpoint) != null) {
      return Future.succeededFuture(open);
    }
    return openings
        .session(self.within(self.timeout().dividedBy(TRIAL)))
        .onSuccess(session -> open.close())
        .recover(why -> {
          if (Openings.isOtherEra(why) || Openings.isSilence(why)) {
            sessionless.put(endpoint, true);
          }
          return Future.succeededFuture(open);
        });
  }

  private Future<Upstream> remembered(UUID id, Way way, Upstream open) {
    ways.put(id, way);
    return Future.succeededFuture(open);
  }

  private Openings openings(Server server, URI url, Credentials credentials) {
    var reached = server.key().isOperators() ? web.with(url) : web;
    var credential = credential(server.endpoint(), reached, url, credentials);
    var remembered = known.get(server.key().id(), id -> Openings.Known.nothing(crossed));
    return new Openings(vertx, reached, url, credential, remembered);
  }

  private Credential credential(Endpoint endpoint, Web reached, URI url, Credentials credentials) {
    if (credentials instanceof Credentials.Bearer bearer) {
      return new Credential.Fixed("Authorization", "Bearer " + bearer.token());
    }
    if (credentials instanceof Credentials.ApiKey key) {
      return new Credential.Fixed(key.header(), key.key());
    }
    if (credentials instanceof Credentials.ClientCredentials client) {
      return grants.get(endpoint, is -> new Grant(vertx, reached, url, client));
    }
    return new Credential.Fixed(null, null);
  }

  private static <K, V> Cache<K, V> remembered() {
    return Caffeine.newBuilder().expireAfterAccess(REMEMBERED).maximumSize(MOST).build();
  }
}
