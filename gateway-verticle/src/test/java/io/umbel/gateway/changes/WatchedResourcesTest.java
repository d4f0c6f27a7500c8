package io.umbel.gateway.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.umbel.contract.Caller;
import io.umbel.contract.ClusterSecret;
import io.umbel.contract.Node;
import io.umbel.contract.Roster;
import io.umbel.gateway.Gates;
import io.umbel.gateway.PlayedServers;
import io.umbel.gateway.PlayedServers.Watched;
import io.umbel.gateway.SampleTools;
import io.umbel.gateway.access.KnownAccounts;
import io.umbel.gateway.access.TagScopes;
import io.umbel.gateway.catalog.Catalog;
import io.umbel.gateway.catalog.Windows;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Providers are told which resources of their callers somebody watches. */
@Timeout(60)
class WatchedResourcesTest {

  private static final Caller ANN = new Caller("acme", "ann", null, null, Set.of());
  private static final long OFTEN = 30;
  private static final long NEVER = 3_600_000;

  private final Vertx vertx = Vertx.vertx();
  private final LinkedBlockingQueue<Watched> heard = new LinkedBlockingQueue<>();
  private Windows windows;

  /** A stream of that caller. */
  private record Stream(Caller caller, Set<String> resources) implements Changes.Watcher {
    @Override
    public void listChanged(String notification) {}

    @Override
    public void resourceChanged(String uri) {}

    @Override
    public void closing() {}
  }

  @BeforeEach
  void start() {
    new Node(Node.ALONE, ClusterSecret.random(), Clock.systemUTC(), new Node.About("u", "1", "t"))
        .installOn(vertx);
    for (int i = 0; i < 3; i++) {
      var servers = new PlayedServers(heard).give("acme", "files", "read").give("b", "files", "x");
      vertx.deployVerticle(servers).await();
    }
    vertx.deployVerticle(new SampleTools()).await();
    var catalog = new Catalog();
    windows = on(() -> {
      var made = new Windows(
          vertx, catalog, new KnownAccounts(), TagScopes.USUAL, new SimpleMeterRegistry());
      new Roster(vertx, catalog).open();
      return made;
    });
    Gates.until(() -> windows.of(ANN).await().findResource("notes://all").isPresent(), true);
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void atOnceWhenAWatchBeginsAndOfCallersOwnResourcesOnly() throws Exception {
    var changes = changes(NEVER);
    on(() -> watch(changes, ANN, "notes://all", "sample://everyones", "nobody://knows"));
    var told = next();
    assertThat(told.caller()).isEqualTo(ANN);
    assertThat(told.uris()).containsExactly("notes://all");
    on(() -> {
      changes.watches(ANN, "notes://all");
      return null;
    });
    assertThat(next().uris()).containsExactly("notes://all");
    assertThat(heard).isEmpty();
  }

  @Test
  void againAndAgainAsLongAsSomebodyWatches() throws Exception {
    var changes = changes(OFTEN);
    var stream = on(() -> watch(changes, ANN, "notes://all"));
    for (int i = 0; i < 4; i++) {
      assertThat(next().uris()).containsExactly("notes://all");
    }
    on(() -> {
      changes.remove(stream);
      return null;
    });
    Gates.until(() -> heard.poll() == null, true);
  }

  @Test
  void theSameInstanceHearsOfAnAccountFromWhicheverGateway() throws Exception {
    for (var account : List.of("acme", "b")) {
      for (var subject : List.of("ann", "bob")) {
        var caller = new Caller(account, subject, null, null, Set.of());
        on(() -> watch(changes(NEVER), caller, "notes://all"));
        on(() -> watch(changes(NEVER), caller.toServer("files"), "notes://all"));
      }
      var first = next();
      for (int i = 1; i < 4; i++) {
        assertThat(next().by()).isSameAs(first.by());
      }
    }
  }

  @Test
  void manyAreToldInSeveralMessages() throws Exception {
    var resources = new LinkedHashSet<String>();
    IntStream.range(0, 100).forEach(i -> resources.add("files:///" + "x".repeat(8_000) + i));
    resources.add("files:///" + "x".repeat(9_000));
    on(() -> watch(changes(NEVER), ANN, resources.toArray(String[]::new)));
    var told = 0;
    while (told < 100) {
      var uris = next().uris();
      assertThat(uris).hasSizeLessThan(20).allMatch(uri -> uri.length() < 8_100);
      told += uris.size();
    }
    assertThat(told).isEqualTo(100);
  }

  private Stream watch(Changes changes, Caller caller, String... uris) {
    var resources = new LinkedHashSet<>(List.of(uris));
    var stream = new Stream(caller, resources);
    changes.add(stream);
    return stream;
  }

  private Changes changes(long watchMillis) {
    return on(() -> {
      var made = new Changes(vertx, windows, watchMillis);
      made.open();
      return made;
    });
  }

  private Watched next() throws InterruptedException {
    var next = heard.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("what is watched").isNotNull();
    return next;
  }

  /** Where a gateway does all it does. */
  private <T> T on(Callable<T> task) {
    if (io.vertx.core.Context.isOnEventLoopThread()) {
      return call(task);
    }
    var done = io.vertx.core.Promise.<T>promise();
    context.runOnContext(go -> done.complete(call(task)));
    return done.future().await();
  }

  private final io.vertx.core.Context context = vertx.getOrCreateContext();

  private static <T> T call(Callable<T> task) {
    try {
      return task.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
