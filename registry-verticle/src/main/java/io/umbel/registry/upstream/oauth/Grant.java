package io.umbel.registry.upstream.oauth;

import io.umbel.registry.server.Credentials.ClientCredentials;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.umbel.registry.upstream.http.Credential;
import io.umbel.registry.upstream.http.Web;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.net.URI;
import java.time.Duration;

/**
 * A token that is got by client credentials when the server first asks for one, and anew shortly
 * before it expires. All connections to one server with the same credentials share it.
 */
public final class Grant implements Credential {

  private static final String AUTHORIZATION = "Authorization";
  private static final Duration EARLY = Duration.ofSeconds(30);

  private final Discovery discovery;
  private final TokenRequest request;
  private AuthorizationServer server;
  private String header;
  private long goodUntil;
  private Future<Void> fetching;

  /** No token yet. */
  public Grant(Vertx vertx, Web web, URI url, ClientCredentials client) {
    var documents = new Documents(web);
    this.discovery = new Discovery(documents, url);
    this.request = new TokenRequest(vertx, documents, client);
  }

  @Override
  public Future<Void> show(MultiMap headers) {
    if (header != null && System.nanoTime() - goodUntil < 0) {
      headers.set(AUTHORIZATION, header);
      return Future.succeededFuture();
    }
    if (server == null) {
      return Future.succeededFuture(); // who asks for a token says who gives it
    }
    return fetched(Future.succeededFuture(server))
        .onSuccess(got -> headers.set(AUTHORIZATION, header));
  }

  @Override
  public Future<Boolean> renew(HttpClientResponse challenge) {
    var shown = challenge.request().headers().get(AUTHORIZATION);
    if (header != null && !header.equals(shown) && fetching == null) {
      return Future.succeededFuture(true); // another request got one meanwhile
    }
    var wanted = Challenge.of(challenge.getHeader("WWW-Authenticate"));
    return fetched(Future.succeededFuture().compose(now -> discovery.meet(wanted)))
        .map(true);
  }

  private Future<Void> fetched(Future<AuthorizationServer> from) {
    if (fetching == null) {
      var got = from.compose(found -> {
        server = found;
        return request.send(found);
      });
      fetching = got.<Void>map(this::keep).recover(Grant::explained);
      fetching.onComplete(done -> fetching = null);
    }
    return fetching;
  }

  private Void keep(TokenRequest.Token token) {
    header = "Bearer " + token.text();
    var early =
        token.life().compareTo(EARLY.multipliedBy(2)) > 0 ? EARLY : token.life().dividedBy(2);
    goodUntil = System.nanoTime() + token.life().minus(early).toNanos();
    return null;
  }

  private static Future<Void> explained(Throwable why) {
    if (why instanceof UpstreamFailure failure && failure.reason() == Reason.CREDENTIALS) {
      return Future.failedFuture(why);
    }
    var more = why instanceof UpstreamFailure failure ? ": " + failure.getMessage() : "";
    return Future.failedFuture(new UpstreamFailure(
        Reason.CREDENTIALS, "Umbel could not get a token for the server" + more, false));
  }
}
