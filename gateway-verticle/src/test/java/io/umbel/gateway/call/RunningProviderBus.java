package io.umbel.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.contract.Bus;
import io.umbel.contract.Bus.Header;
import io.umbel.contract.Call;
import io.umbel.contract.Caller;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.contract.Outcome;
import io.umbel.contract.Roster;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Kind;
import io.umbel.gateway.catalog.Visibility;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A provider bus with a catalog and a roster of its own, on a context of its own. */
final class RunningProviderBus implements AutoCloseable {

  static final ClusterSecret SECRET = ClusterSecret.random();
  static final Future<Void> NEVER = Promise.<Void>promise().future();

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicInteger calls = new AtomicInteger();
  private Catalog catalog;
  private ProviderBus providers;

  RunningProviderBus() {
    var about = new Node.About("umbel", "1", "test");
    new Node("here", SECRET, Clock.systemUTC(), about).installOn(vertx);
    onContext(this::open).await();
  }

  private Future<Void> open() {
    catalog = new Catalog(Visibility.ALL);
    var roster = new Roster(vertx, catalog);
    providers = new ProviderBus(vertx, catalog, roster);
    providers.open();
    return roster.open();
  }

  Vertx vertx() {
    return vertx;
  }

  /** Makes a call that waits for ten seconds and is never given up. */
  Future<Outcome> ask(String tool) {
    return ask(tool, 10_000, NEVER);
  }

  Future<Outcome> ask(String tool, long timeoutMillis, Future<Void> cancelled) {
    var call = new Call(
        new Call.Target("tools/call", tool),
        Caller.LOCAL,
        new Call.Trail("call-" + calls.incrementAndGet(), "correlation", "umbel.gateway@test"),
        timeoutMillis,
        Buffer.buffer("{\"name\":\"" + tool + "\"}"));
    return onContext(() ->
        providers.ask(catalog.everyones().find(Kind.TOOL, tool).orElseThrow(), call, cancelled));
  }

  /** The tools that are on offer now. */
  Set<String> visible() {
    return onContext(
            () -> Future.succeededFuture(catalog.everyones().all(Kind.TOOL).keySet()))
        .await();
  }

  /** A member leaves the cluster. */
  void leave(String node) {
    vertx.eventBus().publish(Bus.NODE_LEFT, node, new DeliveryOptions().setLocalOnly(true));
  }

  /** Does something on the thread on which the bus is used. */
  void run(Runnable action) {
    onContext(() -> {
          action.run();
          return Future.succeededFuture();
        })
        .await();
  }

  /** After all that was published before. */
  private <T> Future<T> onContext(Supplier<Future<T>> action) {
    var promise = Promise.<T>promise();
    context.runOnContext(go -> action.get().onComplete(promise));
    return promise.future();
  }

  static DeliveryOptions result() {
    return new DeliveryOptions().addHeader(Header.OUTCOME, "result");
  }

  /** The text that was answered with. */
  static String text(Future<Outcome> answer) {
    var json = ((Outcome.Result) answer.await()).json().toJsonObject();
    return json.getJsonArray("content").getJsonObject(0).getString("text");
  }

  static void isUpstreamError(Future<Outcome> answer, String message) {
    assertThat(error(answer))
        .isEqualTo(new JsonObject()
            .put("code", "UPSTREAM_ERROR")
            .put("message", message)
            .put("retryable", true)
            .put("correlation_id", "correlation"));
  }

  static JsonObject error(Future<Outcome> answer) {
    var json = ((Outcome.Result) answer.await()).json().toJsonObject();
    return json.getJsonObject("structuredContent").getJsonObject("error");
  }

  @Override
  public void close() {
    vertx.close();
  }
}
