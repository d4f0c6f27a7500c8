package io.umbel.registry.scan;

import io.umbel.registry.bridge.Abilities;
import io.umbel.registry.pool.UpstreamMetrics;
import io.umbel.registry.server.Definitions.Difference;
import io.umbel.registry.server.Endpoint;
import io.umbel.registry.server.Server;
import io.umbel.registry.upstream.Upstream;
import io.umbel.registry.upstream.Upstream.Notices;
import io.umbel.registry.upstream.Upstream.Question;
import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one server in one version: holds a connection of its own, asks now and then whether
 * anybody is there, hears what the server says of its own accord, and scans it when that may be
 * another than it was.
 */
final class Keeper implements Notices {

  /** Between two questions whether it is there, give or take a sixth. */
  static final long CHECK_MILLIS = 30_000;

  /** A change is rarely alone. */
  static final long DEBOUNCE_MILLIS = 1_000;

  /** Servers that do not tell of changes, or whose word was lost, are scanned anyway. */
  private static final Duration RESCAN = Duration.ofMinutes(10);

  private static final long SLOW_MILLIS = 1_000;
  private static final long FIRST_AGAIN_MILLIS = 1_000;
  private static final int FAILURES = 3;
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

  private final Vertx vertx;
  private final Upstreams upstreams;
  private final Scanner scanner;
  private final UpstreamMetrics metrics;
  private final Server server;
  private Upstream upstream;
  private Future<Upstream> opening;
  private boolean over;
  private boolean known;
  private boolean healthy;
  private int failures;
  private long scannedAt;
  private long timer = -1;
  private long debounce = -1;

  Keeper(
      Vertx vertx, Upstreams upstreams, Scanner scanner, UpstreamMetrics metrics, Server server) {
    this.vertx = vertx;
    this.upstreams = upstreams;
    this.scanner = scanner;
    this.metrics = metrics;
    this.server = server;
  }

  Server server() {
    return server;
  }

  /** Begins, after so many milliseconds. */
  void begin(long millis) {
    timer = vertx.setTimer(Math.max(1, millis), due -> check());
  }

  /** Ends. */
  Future<Void> end() {
    over = true;
    vertx.cancelTimer(timer);
    vertx.cancelTimer(debounce);
    var open = upstream;
    upstream = null;
    return open == null ? Future.succeededFuture() : open.close().otherwiseEmpty();
  }

  /** Scans now, over the connection that is held, or one that is opened for it. */
  Future<Difference> scan() {
    return connected()
        .compose(open -> scanner.scan(server, open))
        .onSuccess(done -> {
          scannedAt = System.nanoTime();
          noteAnswer(false);
        })
        .onFailure(this::noteFailure);
  }

  @Override
  public void listChanged(String list) {
    if (debounce < 0 && !over) {
      debounce = vertx.setTimer(DEBOUNCE_MILLIS, due -> {
        debounce = -1;
        if (!over) {
          scan();
        }
      });
    }
  }

  @Override
  public void resourceUpdated(String uri) {}

  @Override
  public void lost(UpstreamFailure why) {
    if (!over && upstream != null) {
      LOG.info("The connection to {} is lost: {}", server.namespace(), why.getMessage());
      upstream.close();
      upstream = null;
      again(backOff());
    }
  }

  private void check() {
    var due = scannedAt == 0 || System.nanoTime() - scannedAt > RESCAN.toNanos();
    Future<?> checked = due || upstream == null ? scan() : ask();
    checked.onComplete(done -> again(upstream == null ? backOff() : jittered(CHECK_MILLIS)));
  }

  private Future<?> ask() {
    var method = upstream.facts().modern() ? "server/discover" : "ping";
    var question =
        new Question(method, new JsonObject(), server.policy().limits().timeout(), true);
    return upstream
        .ask(question, new Nobody())
        .onSuccess(any -> noteAnswer(true))
        .onFailure(this::noteFailure);
  }

  private Future<Upstream> connected() {
    if (upstream != null) {
      return Future.succeededFuture(upstream);
    }
    if (opening != null) {
      return opening;
    }
    var opened = opened();
    opening = opened;
    opened.onComplete(done -> opening = null);
    return opened;
  }

  private Future<Upstream> opened() {
    return started(upstreams.open(server, Abilities.ALL)).compose(open -> {
      if (over) {
        open.close();
        return Future.failedFuture(new UpstreamFailure(
            UpstreamFailure.Reason.CANCELLED, "Nobody looks after it here any longer", false));
      }
      upstream = open;
      open.listen(this);
      return Future.succeededFuture(open);
    });
  }

  /** A process may have to be fetched first: then its owner is told that it is starting. */
  private Future<Upstream> started(Future<Upstream> starting) {
    if (!(server.endpoint() instanceof Endpoint.Stdio) || starting.isComplete()) {
      return starting;
    }
    var told = Promise.<Void>promise();
    var soon = vertx.setTimer(SLOW_MILLIS, late -> scanner.starting(server).onComplete(told));
    return starting.transform(done -> {
      if (vertx.cancelTimer(soon)) {
        return starting;
      }
      return told.future()
          .otherwiseEmpty()
          .compose(known ->
              done.succeeded() ? scanner.answered(server) : scanner.failed(server, done.cause()))
          .otherwiseEmpty()
          .compose(known -> starting);
    });
  }

  private void noteAnswer(boolean write) {
    var news = !healthy || !known;
    healthy = true;
    known = true;
    failures = 0;
    if (!over) {
      metrics.health(server, true);
      if (write && news) {
        scanner.answered(server);
      }
    }
  }

  /** One that never answered is in error at once; another may fail twice. */
  private void noteFailure(Throwable why) {
    failures++;
    if (over || (known && failures < FAILURES)) {
      return;
    }
    if (healthy || !known) {
      LOG.warn("{} does not answer: {}", server.namespace(), why.getMessage());
    }
    metrics.health(server, false);
    if (healthy || !known || failures == FAILURES) {
      scanner.failed(server, why);
    }
    healthy = false;
    known = true;
    drop();
  }

  private void drop() {
    if (upstream != null) {
      upstream.close();
      upstream = null;
    }
  }

  private void again(long millis) {
    if (!over) {
      vertx.cancelTimer(timer);
      timer = vertx.setTimer(millis, due -> check());
    }
  }

  private long backOff() {
    return jittered(Math.min(CHECK_MILLIS, FIRST_AGAIN_MILLIS << Math.min(failures, 5)));
  }

  private static long jittered(long millis) {
    return millis + ThreadLocalRandom.current().nextLong(-millis / 6, millis / 6 + 1);
  }
}
