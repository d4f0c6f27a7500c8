package io.umbel.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.LoneNode;
import io.umbel.registry.server.ServerStore.Keeping;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.VaultKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A node with a store on a real database. */
final class StoredNode implements AutoCloseable {

  static final VaultKey OLD = key("old", 1);
  static final VaultKey NEW = key("new", 2);
  static final JsonObject DOCS = new JsonObject()
      .put("name", "Docs")
      .put("namespace", "docs")
      .put("transport", "streamable_http")
      .put("url", "https://docs.example.com/mcp")
      .put("auth_type", "bearer")
      .put("auth_config", JsonObject.of("token", "s3cret"))
      .put("status", "active");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LoneNode node = new LoneNode();
  private final ServerStore store;
  private final AtomicInteger askedForOthers = new AtomicInteger();
  private volatile boolean alone;

  StoredNode(DatabaseUrl database, VaultKey... keys) {
    database.installOn(node.vertx());
    store = another(keys);
  }

  private static VaultKey key(String id, int fill) {
    var bytes = new byte[VaultKey.BYTES];
    Arrays.fill(bytes, (byte) fill);
    return new VaultKey(id, bytes);
  }

  /** Another store on the same bus. */
  ServerStore another(VaultKey... keys) {
    return ServerStore.open(
            node.vertx(), new Keeping(List.of(), List.of(keys), true, this::hearsOthers))
        .await();
  }

  /** The other registries cannot be heard from now on. */
  void isCutOff() {
    alone = true;
  }

  /** How often it wanted to know whether the others are heard. */
  int timesAskedForOthers() {
    return askedForOthers.get();
  }

  private Future<Boolean> hearsOthers() {
    askedForOthers.incrementAndGet();
    return Future.succeededFuture(!alone);
  }

  ServerStore store() {
    return store;
  }

  ServerBook book() {
    return store.book().orElseThrow();
  }

  StoredServer insert(String account, JsonObject said) {
    return book().insert(new Server.Key(account, UUID.randomUUID()), said, 50).await();
  }

  static JsonObject named(String name, String namespace) {
    return DOCS.copy().put("name", name).put("namespace", namespace);
  }

  List<String> names(String account) {
    return names(store, account);
  }

  static List<String> names(ServerStore store, String account) {
    return store.servers().of(account).await().stream().map(Server::name).toList();
  }

  static void awaitThat(BooleanSupplier condition) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    store.close().await();
    node.close();
  }
}
