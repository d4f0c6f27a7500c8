package io.umbel.gateway.stdio;

import io.umbel.contract.Caller;
import io.umbel.gateway.GatewaySettings;
import io.umbel.gateway.GatewaySettings.Lists;
import io.umbel.gateway.identity.Identified;
import io.umbel.gateway.identity.Identity;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/**
 * Who the one client on stdin is: whom its token names, else the local user. Where an identity
 * provider says who is who, a client without a token is nobody, and sees only what is tagged
 * {@code public}.
 */
record StdioClient(GatewaySettings settings) {

  private static final String PUBLIC = "public";
  private static final Identified NOBODY = new Identified(
      new Caller("anonymous", "anonymous", null, null, Set.of()), null, Long.MAX_VALUE);

  /** The settings with what this client may see. */
  GatewaySettings shown() {
    var lists = settings.lists();
    return isNobody()
        ? settings.listing(
            new Lists(lists.pageSize(), lists.keepFor(), lists.visibility().onlyTag(PUBLIC)))
        : settings;
  }

  /** Who it is; fails where its token is not good. */
  Future<Identified> identify(Identity identity) {
    var token = settings.guards().identity().stdioToken();
    if (token != null) {
      return identity
          .identify(List.of("Bearer " + token))
          .recover(refused -> Future.failedFuture(
              new IllegalStateException("mcp.token is not good here: " + refused.getMessage())));
    }
    return Future.succeededFuture(isNobody() ? NOBODY : Identity.LOCAL);
  }

  private boolean isNobody() {
    var identity = settings.guards().identity();
    return identity.required() && identity.hasProvider() && identity.stdioToken() == null;
  }
}
