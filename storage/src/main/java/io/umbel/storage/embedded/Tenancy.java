package io.umbel.storage.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Who uses a server, by locks on files: the operating system lets go of those of a process that was
 * killed. Everything here is called by one thread of a process at a time.
 */
final class Tenancy {

  private static final Map<Path, Tenancy> HERE = new HashMap<>();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path directory;
  private FileChannel lived;
  private int tenants;

  private Tenancy(Path directory) {
    this.directory = directory;
  }

  /** That of all nodes in this process: a lock belongs to a process. */
  static Tenancy of(Path directory) {
    return HERE.computeIfAbsent(directory, Tenancy::new);
  }

  /** Work that only one process may be at. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Does it while no other process starts or stops this server. */
  <T> T alone(Work<T> work) throws IOException {
    try (var channel = open("start.lock")) {
      await(channel);
      return work.run(); // closed, the channel lets go of its lock
    }
  }

  /** One more here. */
  void enter() throws IOException {
    if (tenants == 0) {
      lived = open("tenants.lock");
      lived.lock(0, Long.MAX_VALUE, true);
    }
    tenants++;
  }

  /** One less here; whether nobody is left in any process. */
  boolean leave() throws IOException {
    if (--tenants > 0) {
      return false;
    }
    lived.close();
    HERE.remove(directory);
    return isEmpty();
  }

  /** Whether no process at all uses the server. */
  boolean isEmpty() throws IOException {
    if (tenants > 0) {
      return false;
    }
    try (var channel = open("tenants.lock")) {
      return channel.tryLock() != null;
    }
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        directory.resolve(name),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private static void await(FileChannel channel) throws IOException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (channel.tryLock() == null) {
      if (System.nanoTime() > until) {
        throw new IOException("another process has been starting or stopping it for minutes");
      }
      Pause.millis(20);
    }
  }
}
