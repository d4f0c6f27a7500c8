package io.umbel.registry;

import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Node;
import io.umbel.contract.SignedMessage;
import io.umbel.registry.pool.Pool;
import io.umbel.registry.scan.Keepers;
import io.umbel.registry.server.Server;
import io.umbel.registry.server.Servers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** What every instance is to do with its connections to a server, this one included. */
final class Bulletin {

  private static final String KIND = "upstream";

  private final Vertx vertx;
  private final SignedMessage signed;
  private final Servers servers;
  private final Pool pool;
  private final Keepers keepers;
  private final Parts.Ends ends;
  private MessageConsumer<Buffer> consumer;

  Bulletin(Vertx vertx, Servers servers, Pool pool, Keepers keepers, Parts.Ends ends) {
    this.vertx = vertx;
    this.signed = new SignedMessage(Node.of(vertx));
    this.servers = servers;
    this.pool = pool;
    this.keepers = keepers;
    this.ends = ends;
  }

  Future<Void> open() {
    consumer = vertx.eventBus().consumer(Bus.CHANGED, this::hear);
    return consumer.completion();
  }

  Future<Void> close() {
    return consumer == null ? Future.succeededFuture() : consumer.unregister();
  }

  /** Everyone opens connections to it anew; what is a process is started anew, too. */
  void reconnect(Server server) {
    publish(server, new JsonObject().put("do", "reconnect"));
  }

  /** Everyone closes that account's circuit to it. */
  void resetBreaker(Server server, String account) {
    publish(server, new JsonObject().put("do", "reset").put("account", account));
  }

  private void publish(Server server, JsonObject what) {
    what.put("kind", KIND).put("server", server.key().id().toString());
    signed.publish(vertx, Bus.CHANGED, "changed", Node.of(vertx).id(), what.toBuffer());
  }

  private void hear(Message<Buffer> message) {
    if (!signed.isGenuine(message) || !"changed".equals(message.headers().get(Header.OP))) {
      return;
    }
    try {
      var what = message.body().toJsonObject();
      if (KIND.equals(what.getValue("kind"))) {
        heard(what, what.getString("server"));
      }
    } catch (DecodeException | ClassCastException e) {
      // Not a change that means anything here.
    }
  }

  private void heard(JsonObject what, String id) {
    servers
        .everyone()
        .onSuccess(all -> all.stream()
            .filter(server -> server.key().id().toString().equals(id))
            .forEach(server -> act(what, server)));
  }

  private void act(JsonObject what, Server server) {
    if ("reset".equals(what.getString("do"))) {
      pool.resetBreaker(server, what.getString("account"));
    } else {
      pool.reconnect(server);
      keepers.reconnect(server);
      ends.restart(server.key().id());
    }
  }
}
