package io.umbel.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of itself in {@code postmaster.pid} of its data.
 *
 * @param pid its process
 * @param port where it listens; 0 while it has not said
 * @param status {@code starting}, {@code ready}, {@code stopping}; empty while it has not said
 */
record PidFile(long pid, int port, String status) {

  private static final String NAME = "postmaster.pid";

  /** Of the server that has, or had, that data. */
  static Optional<PidFile> of(Path data) throws IOException {
    try {
      var lines = Files.readAllLines(data.resolve(NAME));
      return lines.isEmpty() ? Optional.empty() : Optional.of(parse(lines));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty(); // half written
    }
  }

  boolean isReady() {
    return status.equals("ready");
  }

  boolean isStopping() {
    return status.equals("stopping");
  }

  /** Whether a process of that number runs: the server, or another that came by its number. */
  boolean isAlive() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /**
   * Puts the number of a process that has ended in place of one that is somebody else's by now. The
   * rest stays, by which PostgreSQL sees whether anything still uses the data.
   */
  static void pointTo(Path data, long ended) throws IOException {
    var file = data.resolve(NAME);
    var lines = Files.readAllLines(file);
    lines.set(0, Long.toString(ended));
    Files.write(file, lines);
  }

  private static PidFile parse(List<String> lines) {
    var port = lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0;
    var status = lines.size() > 7 ? lines.get(7).strip() : "";
    return new PidFile(Long.parseLong(lines.get(0).strip()), port, status);
  }
}
