package io.umbel.launcher.node;

import io.umbel.launcher.log.Logs;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops what runs, once and within bounds, however the process comes to its end. */
public final class Shutdown {

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  /** How long a node may take: providers drain for up to ten seconds. */
  private static final Duration ON_SIGNAL = Duration.ofSeconds(15);

  /** What the last steps may take in any case: they end other processes, which else stay. */
  private static final Duration FOR_LAST = Duration.ofSeconds(10);

  private final Deque<Supplier<Future<?>>> steps = new ConcurrentLinkedDeque<>();
  private final List<Supplier<Future<?>>> last;
  private final AtomicBoolean begun = new AtomicBoolean();

  private Shutdown(List<Supplier<Future<?>>> last) {
    this.last = last;
  }

  /**
   * Has these steps taken last, one after the other, at the latest when the process is told to end.
   */
  public static Shutdown by(List<Supplier<Future<?>>> last) {
    var shutdown = new Shutdown(last);
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::onSignal, "umbel-shutdown"));
    return shutdown;
  }

  /** Has these steps taken first. */
  public Shutdown after(List<Supplier<Future<?>>> earlier) {
    for (var i = earlier.size() - 1; i >= 0; i--) {
      steps.addFirst(earlier.get(i));
    }
    return this;
  }

  private void onSignal() {
    within(ON_SIGNAL);
    Logs.close();
  }

  /**
   * Takes them now, unless that has begun already, and waits no longer than that for all but the
   * last, which get the time they need.
   */
  public void within(Duration limit) {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    var until = System.nanoTime() + limit.toNanos();
    steps.forEach(step -> take(step, Math.max(1, until - System.nanoTime())));
    last.forEach(step -> take(step, Math.max(FOR_LAST.toNanos(), until - System.nanoTime())));
  }

  /** A step that fails or takes too long does not keep the next one from being taken. */
  private static void take(Supplier<Future<?>> step, long nanos) {
    try {
      step.get().await(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.warn("A part of this node did not end in time");
    } catch (RuntimeException e) {
      LOG.warn("A part of this node did not end well: {}", e.toString());
    }
  }
}
