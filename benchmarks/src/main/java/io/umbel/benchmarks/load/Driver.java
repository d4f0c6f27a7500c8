package io.umbel.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A closed loop: each connection asks again as soon as its answer has come and has been judged. One
 * thread, plain NIO, nothing allocated for a call, so that it takes little of the processors that
 * it shares with what it measures.
 *
 * <p>A connection with a wrong answer is given up. Not thread-safe.
 */
public final class Driver implements AutoCloseable {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Selector selector;
  private final Duration patience;
  private final Set<Connection> connections = new HashSet<>();
  private int number = Numbered.FIRST;
  private Stretch stretch;

  /**
   * Connects.
   *
   * @param patience how long without any answer until the missing ones are given up
   */
  public Driver(InetSocketAddress server, Dialogue dialogue, int connections, Duration patience)
      throws IOException {
    this.selector = Selector.open();
    this.patience = patience;
    for (var i = 0; i < connections; i++) {
      this.connections.add(new Connection(selector, server, dialogue));
    }
  }

  /** Asks on all connections for that long, and waits for the last answers. */
  public Sample run(Duration time) throws IOException {
    stretch = new Stretch(System.nanoTime() + time.toNanos());
    for (var connection : Set.copyOf(connections)) {
      ask(connection);
    }
    while (stretch.waiting > 0) {
      if (selector.select(this::ready, patience.toMillis()) == 0) {
        giveUp();
      }
    }
    return stretch.sample();
  }

  private void giveUp() throws IOException {
    while (stretch.waiting > 0) {
      stretch.fail("no answer within " + patience);
    }
    close();
  }

  private void ask(Connection connection) {
    stretch.waiting++;
    try {
      connection.ask(number++);
    } catch (IOException e) {
      drop(connection, e.getMessage());
    }
  }

  private void ready(SelectionKey key) {
    var connection = (Connection) key.attachment();
    try {
      if (key.isWritable()) {
        connection.send();
      }
      if (key.isReadable() && connection.hear()) {
        heard(connection);
      }
    } catch (IOException e) {
      drop(connection, e.getMessage());
    }
  }

  private void heard(Connection connection) {
    var now = System.nanoTime();
    var fault = connection.fault();
    if (fault != null) {
      drop(connection, fault);
      return;
    }
    stretch.succeed(now - connection.askedAt());
    if (now < stretch.until) {
      ask(connection);
    }
  }

  private void drop(Connection connection, String fault) {
    stretch.fail(fault);
    connections.remove(connection);
    connection.close();
  }

  @Override
  public void close() throws IOException {
    connections.forEach(Connection::close);
    connections.clear();
    selector.close();
  }

  /** What is counted in one stretch of load. */
  private static final class Stretch {
    private final long started = System.nanoTime();
    private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
    private final Faults faults = new Faults();
    private final long until;
    private int waiting;

    Stretch(long until) {
      this.until = until;
      latency.setAutoResize(true);
    }

    void succeed(long nanos) {
      waiting--;
      latency.recordValue(nanos);
    }

    void fail(String what) {
      waiting--;
      faults.add(what);
    }

    Sample sample() {
      var nanos = System.nanoTime() - started;
      return new Sample(latency.getTotalCount(), nanos, latency, faults);
    }
  }
}
