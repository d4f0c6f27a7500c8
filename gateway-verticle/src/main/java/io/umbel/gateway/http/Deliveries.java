package io.umbel.gateway.http;

import io.umbel.contract.Caller;
import io.umbel.gateway.McpServer;
import io.umbel.gateway.limits.ClientAddress;
import io.umbel.gateway.limits.RateLimits;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Whether somebody who brings a delivery without a token comes too often: by network address. */
final class Deliveries {

  private static final String METHOD = "rest";

  private final RateLimits rates;
  private final ClientAddress addresses;
  private final SourceCheck source;

  Deliveries(McpServer server, SourceCheck source) {
    this.rates = server.rates();
    this.addresses = server.addresses();
    this.source = source;
  }

  /** Fails with {@link io.umbel.gateway.wire.McpException} where it does. */
  Future<Void> admit(HttpServerRequest request) {
    var address = address(request);
    return Future.succeededFuture(request)
        .map(asked -> {
          source.check(asked);
          return asked;
        })
        .compose(asked -> rates.mayIdentify(address))
        .compose(may -> rates.take(Caller.LOCAL, address, METHOD, null));
  }

  /** Notes that what came from there was not taken. */
  Future<Void> refused(HttpServerRequest request) {
    return rates.takeFailed(address(request));
  }

  private String address(HttpServerRequest request) {
    var peer = String.valueOf(request.remoteAddress().hostAddress());
    return addresses.of(peer, request.headers().getAll(HttpAnswers.FORWARDED));
  }
}
