package io.umbel.benchmarks.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that runs: what it has used, and how it is ended. */
public final class Running {

  private static final Duration GRACE = Duration.ofSeconds(20);

  private final String part;
  private final Process process;
  private final Path log;

  private Running(String part, Process process, Path log) {
    this.part = part;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param directory what it works in; what it prints goes to a file there
   */
  static Running start(Launch launch, Path directory) {
    var log = directory.resolve(launch.part() + ".log");
    try {
      Files.createDirectories(directory);
      var builder = new ProcessBuilder(launch.command()).redirectErrorStream(true);
      builder.environment().putAll(launch.environment());
      builder.directory(directory.toFile()).redirectOutput(log.toFile());
      return new Running(launch.part(), builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + launch, e);
    }
  }

  /** What it is in its subject. */
  public String part() {
    return part;
  }

  /** The processor time it has used, in user and kernel mode; the kernel counts in 10 ms steps. */
  public Duration cpu() {
    mustRun();
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The memory it occupies, in bytes; 0 where the system does not tell as Linux does. */
  public long residentBytes() {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Does nothing while it runs; else throws with the end of what it printed. */
  void mustRun() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          part + " ended with status " + process.exitValue() + "; it printed:\n" + lastLines());
    }
  }

  /** The end of what it printed. */
  String lastLines() {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read)";
    }
  }

  /** Asks it to end. */
  void end() {
    process.destroy();
  }

  /** Waits for its end, and forces it where that takes too long. */
  void awaitEnd() {
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
