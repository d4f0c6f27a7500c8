package io.umbel.registry.upstream.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits for things to be gone. A process that ended and that nobody asked for its status is gone
 * too: in a container without an init, orphans stay so.
 */
final class Gone {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Gone() {}

  static void awaitEnd(List<ProcessHandle> processes) throws Exception {
    var until = System.nanoTime() + PATIENCE.toNanos();
    for (var process : processes) {
      while (isRunning(process)) {
        assertThat(System.nanoTime()).as("%s ended", process.info()).isLessThan(until);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  static void awaitEmpty(Path directory) throws InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (directory.toFile().list().length > 0) {
      assertThat(System.nanoTime()).as("%s empty", directory).isLessThan(until);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static boolean isRunning(ProcessHandle process) throws IOException {
    var ps = new ProcessBuilder("ps", "-o", "stat=", "-p", Long.toString(process.pid())).start();
    var state = ps.inputReader().readLine();
    return state != null && !state.startsWith("Z");
  }
}
