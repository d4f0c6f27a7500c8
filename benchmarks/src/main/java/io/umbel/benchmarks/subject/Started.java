package io.umbel.benchmarks.subject;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A subject whose processes run. Closing it ends them. */
public final class Started implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(1);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Subject subject;
  private final Client client;
  private final List<Running> processes;
  private final Thread atExit = new Thread(this::end, "end-processes");
  private final long startedAt = System.nanoTime();
  private Duration untilReady;

  private Started(Subject subject, Path logs) {
    this.subject = subject;
    this.client = new Client(subject.server(), subject.path());
    Runtime.getRuntime().addShutdownHook(atExit);
    this.processes = subject.processes().stream()
        .map(launch -> Running.start(launch, logs.resolve(subject.name())))
        .toList();
  }

  /**
   * Starts the processes and waits for the first {@code tools/list} that holds all tools.
   *
   * @throws IllegalStateException if that does not come, or if somebody else has the port: it would
   *     be measured instead
   */
  public static Started start(Subject subject, Path logs) throws InterruptedException {
    checkFree(subject.server());
    var started = new Started(subject, logs);
    try {
      started.awaitReady();
      return started;
    } catch (RuntimeException | InterruptedException e) {
      started.close();
      throw e;
    }
  }

  public Subject subject() {
    return subject;
  }

  public List<Running> processes() {
    return processes;
  }

  /** From the start of the first process to the first {@code tools/list} that held all tools. */
  public Duration untilReady() {
    return untilReady;
  }

  /** Begins a session of revision 2025-11-25: its id. */
  public String session() throws IOException, InterruptedException {
    return client.session();
  }

  private static void checkFree(InetSocketAddress server) {
    try (var socket = new ServerSocket()) {
      socket.bind(server);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Port " + server.getPort() + " is taken; choose twelve others with --port", e);
    }
  }

  private void awaitReady() throws InterruptedException {
    while (!client.tools().map(tools -> tools.contains(subject.ready())).orElse(false)) {
      processes.forEach(Running::mustRun);
      if (sinceStart().compareTo(LONGEST_START) > 0) {
        throw new IllegalStateException(late());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    untilReady = sinceStart();
  }

  private Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  private String late() {
    var text = new StringBuilder(subject.name() + " was not ready within " + LONGEST_START);
    processes.forEach(process ->
        text.append("\n").append(process.part()).append(":\n").append(process.lastLines()));
    return text.toString();
  }

  private void end() {
    processes.forEach(Running::end);
    processes.forEach(Running::awaitEnd);
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
