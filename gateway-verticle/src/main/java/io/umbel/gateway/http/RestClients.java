package io.umbel.gateway.http;

import io.umbel.gateway.McpServer;
import io.umbel.gateway.identity.Identified;
import io.umbel.gateway.identity.Identity;
import io.umbel.gateway.limits.ClientAddress;
import io.umbel.gateway.limits.RateLimits;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Whose a REST request is, and whether they ask too often: all of them count as one method. */
final class RestClients {

  private static final String METHOD = "rest";

  private final Identity identity;
  private final RateLimits rates;
  private final ClientAddress addresses;

  RestClients(McpServer server) {
    this.identity = server.identity();
    this.rates = server.rates();
    this.addresses = server.addresses();
  }

  /** The client; fails with {@link McpException}. */
  Future<Identified> identify(HttpServerRequest request) {
    var peer = String.valueOf(request.remoteAddress().hostAddress());
    var address = addresses.of(peer, request.headers().getAll(HttpAnswers.FORWARDED));
    return identity
        .identify(request, () -> rates.mayIdentify(address))
        .recover(why -> failed(why, address))
        .compose(who -> rates.take(who.caller(), address, METHOD, null).map(who));
  }

  private Future<Identified> failed(Throwable why, String address) {
    return why instanceof McpException known && known.status() == 401
        ? rates.takeFailed(address).compose(counted -> Future.failedFuture(known))
        : Future.failedFuture(why);
  }
}
