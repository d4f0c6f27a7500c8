package io.umbel.registry;

import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.ServerStore;
import io.umbel.registry.upstream.Era;
import io.umbel.registry.upstream.HttpUpstreams;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstreams;
import io.umbel.registry.upstream.stdio.StdioUpstreams;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** To servers over HTTP, and to those that are processes. */
record Ways(HttpUpstreams http, StdioUpstreams stdio, ServerStore store)
    implements Upstreams, Parts.Ends {

  @Override
  public Future<Upstream> open(Server server, JsonObject capabilities, Era wanted) {
    return server.endpoint() instanceof Endpoint.Stdio
        ? stdio.open(server, capabilities, wanted)
        : http.open(server, capabilities, wanted);
  }

  @Override
  public Future<Void> stop(UUID server) {
    return stdio.stop(server);
  }

  @Override
  public Future<Void> restart(UUID server) {
    return stdio.restart(server);
  }

  @Override
  public Future<Void> close() {
    return Future.join(stdio.close(), http.close())
        .<Void>mapEmpty()
        .otherwiseEmpty()
        .eventually(store::close);
  }
}
