package io.umbel.tools.issues.tracker;

import io.umbel.contract.Announcement;
import io.umbel.contract.CallingGateway;
import io.umbel.contract.Listener;
import io.umbel.contract.LoneNode;
import io.umbel.storage.TestDatabase;
import io.umbel.storage.Vault;
import io.umbel.storage.VaultKey;
import io.umbel.tools.issues.IssuesTools;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The family on a database of its own, for as many accounts as there are tests. */
public final class ToolFamily implements AutoCloseable {

  private final AtomicInteger accounts = new AtomicInteger();
  private final LoneNode node = new LoneNode();
  private final CallingGateway gateway = new CallingGateway(node);
  private final Announcement announcement;

  public ToolFamily() {
    var listener = new Listener();
    TestDatabase.fresh().installOn(node.vertx());
    new Vault(List.of(new VaultKey("k1", new byte[VaultKey.BYTES]))).installOn(node.vertx());
    node.deploy(listener);
    node.deploy(
        new IssuesTools(),
        JsonObject.of(IssuesTools.ALLOWED_DESTINATIONS, JsonArray.of("127.0.0.1"))
            .put(IssuesTools.SYNC_INTERVAL, 0)); // what is asked is what tests ask
    announcement = listener.nextArrivalOf("issues");
  }

  LoneNode node() {
    return node;
  }

  CallingGateway gateway() {
    return gateway;
  }

  Announcement announcement() {
    return announcement;
  }

  String nextAccount() {
    return "account-" + accounts.incrementAndGet();
  }

  @Override
  public void close() {
    node.close();
  }
}
