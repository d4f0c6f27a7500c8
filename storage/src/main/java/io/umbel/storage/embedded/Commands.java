package io.umbel.storage.embedded;

import io.umbel.storage.StorageRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs. They refuse to run as root; root runs them in a user namespace, where
 * they are nobody to themselves and root, without its privileges, to everybody else. Files stay
 * root's own that way.
 */
final class Commands {

  private static final List<String> NOBODY = List.of("unshare", "--user");

  private final Path directory;
  private final List<String> prefix;

  private Commands(Path directory, List<String> prefix) {
    this.directory = directory;
    this.prefix = prefix;
  }

  /**
   * A program's end.
   *
   * @param pid its number while it ran
   * @param status 0 where it went well
   * @param said on stdout and stderr
   */
  record Ended(long pid, int status, String said) {

    /** The last thing it said, in one line. */
    String lastWords() {
      return said.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .reduce((first, second) -> second)
          .orElse("it ended with status " + status);
    }
  }

  /**
   * For the owner of that directory, who is the one that runs this.
   *
   * @param user the number of that user; 0 is root
   * @throws StorageRefusal if root cannot step down
   */
  static Commands in(Path directory, int user) throws IOException {
    if (user != 0) {
      return new Commands(directory, List.of());
    }
    try {
      var tried = new Commands(directory, NOBODY).run(List.of("true"), "", Duration.ofSeconds(10));
      if (tried.status() == 0) {
        return new Commands(directory, NOBODY);
      }
      throw StorageRefusal.rootWithoutNamespaces(tried.lastWords());
    } catch (IOException e) {
      throw StorageRefusal.rootWithoutNamespaces(e.getMessage());
    }
  }

  /** Runs one to its end; it is ended where that takes longer. */
  Ended run(List<String> command, String stdin, Duration limit) throws IOException {
    var output = Files.createTempFile(directory, "output", ".txt");
    try {
      var process = start(command, output);
      try (var in = process.getOutputStream()) {
        in.write(stdin.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It ended without having read that; its status says why.
      }
      return ended(process, limit, output);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Starts one, with nothing but a path in its environment. */
  Process start(List<String> command, Path output) throws IOException {
    var whole = new ArrayList<>(prefix);
    whole.addAll(command);
    var builder = new ProcessBuilder(whole)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    var path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    return builder.start();
  }

  private static Ended ended(Process process, Duration limit, Path output) throws IOException {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Ended(process.pid(), process.exitValue(), Files.readString(output));
      }
      process.destroyForcibly();
      throw new IOException("it takes more than " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
