package io.umbel.registry.upstream;

import io.umbel.outbound.Destinations;
import io.umbel.registry.server.Credentials;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Policy;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Upstream.Answer;
import io.umbel.registry.upstream.Upstream.Hearing;
import io.umbel.registry.upstream.Upstream.Question;
import io.umbel.registry.upstream.UpstreamSettings.Bounds;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Goes to servers as a verticle does: on one thread. Loopback is allowed to it. */
public final class Visitor implements AutoCloseable {

  private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicInteger crossings = new AtomicInteger();
  private final HttpUpstreams upstreams;
  private final UUID id = UUID.randomUUID();

  public Visitor() {
    this(Bounds.USUAL, null);
  }

  public Visitor(Bounds bounds, String certificates) {
    this(List.of("127.0.0.0/8", "::1"), bounds, certificates);
  }

  public Visitor(List<String> allowed, Bounds bounds, String certificates) {
    var self = new JsonObject().put("name", "umbel").put("version", "1.2.3");
    var settings = new UpstreamSettings(self, allowed, certificates, bounds);
    this.upstreams = on(() -> Future.succeededFuture(new HttpUpstreams(
            vertx, settings, new Destinations(vertx, allowed), crossings::incrementAndGet)))
        .await();
  }

  public Upstream open(PlayedServer server) {
    return open(server.url(), new Credentials.None());
  }

  public Upstream open(URI url, Credentials credentials) {
    return opening(new Endpoint.Http(url, credentials), new JsonObject()).await();
  }

  /** Always the same server, whatever its endpoint. */
  public Future<Upstream> opening(Endpoint endpoint, JsonObject capabilities) {
    return opening("acme", endpoint, capabilities, Era.STATELESS);
  }

  /** For a client of that era, at a server of that account. */
  public Future<Upstream> opening(
      String account, Endpoint endpoint, JsonObject capabilities, Era wanted) {
    var usual = Policy.Limits.USUAL;
    var limits = new Policy.Limits(
        TIMEOUT, usual.retries(), usual.concurrency(), usual.threshold(), usual.cooldown());
    var policy = new Policy(true, false, null, true, true, limits);
    var server = new Server(new Server.Key(account, id), "played", "played", endpoint, policy, 1);
    return on(() -> upstreams.open(server, capabilities, wanted));
  }

  public Future<Answer> ask(Upstream upstream, String method, JsonObject params, Hearing hearing) {
    return ask(upstream, new Question(method, params, TIMEOUT, false), hearing);
  }

  public Future<Answer> ask(Upstream upstream, Question question, Hearing hearing) {
    return on(() -> upstream.ask(question, hearing));
  }

  /** The result of a request that nobody listens to. */
  public JsonObject result(Upstream upstream, String method, JsonObject params) {
    return ((Answer.Result) ask(upstream, method, params, new Ear()).await()).json();
  }

  /** Whatever it is, on the one thread. */
  public <T> Future<T> on(Supplier<Future<T>> action) {
    var done = Promise.<T>promise();
    context.runOnContext(
        now -> Future.succeededFuture().compose(ready -> action.get()).onComplete(done));
    return done.future();
  }

  public int crossings() {
    return crossings.get();
  }

  public Vertx vertx() {
    return vertx;
  }

  public static void until(BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
    }
    if (!condition.getAsBoolean()) {
      throw new AssertionError("it did not happen in time");
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
