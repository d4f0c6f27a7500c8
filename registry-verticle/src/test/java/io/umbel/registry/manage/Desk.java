package io.umbel.registry.manage;

import io.umbel.contract.Caller;
import io.umbel.contract.LoneNode;
import io.umbel.outbound.OutboundFailure;
import io.umbel.registry.RegistrySettings;
import io.umbel.registry.RegistrySettings.Bounds;
import io.umbel.registry.RegistrySettings.Children;
import io.umbel.registry.server.OperatorServers;
import io.umbel.registry.server.ServerStore;
import io.umbel.registry.server.ServerStore.Keeping;
import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import io.umbel.storage.VaultKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A desk on a real database, and somebody who asks it. */
final class Desk implements AutoCloseable {

  static final String FORBIDDEN = "internal.example.com";

  final DatabaseUrl database = TestDatabase.fresh();
  final ObedientOperations operations = new ObedientOperations();
  final ServerStore store;
  private final LoneNode node = new LoneNode();
  private final ManageDesk desk;

  Desk() {
    this(true);
  }

  Desk(boolean withDatabase) {
    var settings = new RegistrySettings(
        OperatorServers.read(
            "[{\"name\": \"Ours\", \"enabled\": true, \"url\": \"https://ours.example.com/\"}]",
            true),
        List.of(),
        new Children(
            List.of("npx -y good", "srv *"),
            Set.of("MODE"),
            Set.of(),
            Children.USUAL_START,
            Path.of("target")),
        List.of(new VaultKey("k", new byte[VaultKey.BYTES])),
        true,
        new Bounds(1_000_000, 5));
    if (withDatabase) {
      database.installOn(node.vertx());
    }
    var keeping = new Keeping(
        settings.operators(),
        settings.keys(),
        settings.pinned(),
        () -> Future.succeededFuture(true));
    store = ServerStore.open(node.vertx(), keeping).await();
    operations.definitions = store.definitions();
    desk = new ManageDesk(settings, store, Desk::admit, operations, node.clock());
  }

  private static Future<Void> admit(URI url) {
    return url.getHost().equals(FORBIDDEN)
        ? Future.failedFuture(new OutboundFailure(
            OutboundFailure.Reason.FORBIDDEN, "it is not on the public internet"))
        : Future.succeededFuture();
  }

  static JsonObject server(String name) {
    return JsonObject.of("name", name, "url", "https://mcp.example.com/" + name.replace(" ", ""));
  }

  static JsonObject guarded(String name) {
    return server(name)
        .put("auth_type", "bearer")
        .put("auth_config", JsonObject.of("token", "s3cret"));
  }

  Answered create(JsonObject body) {
    return ask("acme", new JsonObject().put("operation", "createMcpServer").put("body", body));
  }

  Answered update(Answered made, JsonObject body) {
    return ask("acme", request("updateMcpServer", made.id()).put("body", body));
  }

  Answered ask(String operation, String id) {
    return ask("acme", request(operation, id));
  }

  static JsonObject request(String operation, String id) {
    return new JsonObject().put("operation", operation).put("id", id);
  }

  Answered ask(String account, JsonObject request) {
    return ask(new Caller(account, "ann", null, null, Set.of("admin")), request);
  }

  Answered ask(Caller caller, JsonObject request) {
    return new Answered(desk.answer(caller, request).await());
  }

  @Override
  public void close() {
    store.close().await();
    node.close();
  }

  /** What came back. */
  record Answered(JsonObject json) {

    int status() {
      return json.getInteger("status");
    }

    JsonObject body() {
      return json.getJsonObject("body");
    }

    JsonArray list() {
      return json.getJsonArray("body");
    }

    JsonObject item(int index) {
      return list().getJsonObject(index);
    }

    String id() {
      return body().getString("id");
    }

    String detail() {
      return body().getString("detail");
    }

    JsonObject audit() {
      return json.getJsonObject("audit");
    }
  }
}
