package io.umbel.storage.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, as far as its database goes: {@link #main} is what it runs. */
final class OtherProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader said;

  private OtherProcess(Process process) {
    this.process = process;
    this.said = process.inputReader();
  }

  /** Starts the server in that directory, says where it is or why not, and stops at a new line. */
  public static void main(String[] arguments) throws IOException {
    try {
      var postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
      System.out.println(postgres.url().port());
      if (System.in.read() >= 0) {
        postgres.stop();
      }
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
  }

  /** One that shares that directory. */
  static OtherProcess on(Path directory) throws IOException {
    return on(directory, System.getProperty("java.class.path"));
  }

  /** The same, started by way of another program. */
  static OtherProcess on(Path directory, String classPath, String... by) throws IOException {
    var command = new ArrayList<>(List.of(by));
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command.addAll(List.of(java, "-cp", classPath, OtherProcess.class.getName()));
    command.add(directory.toString());
    return new OtherProcess(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  /** The next line it prints. */
  String says() throws IOException {
    return said.readLine();
  }

  /** Ends without notice. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends in order. */
  @Override
  public void close() throws IOException {
    if (process.isAlive()) {
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
    }
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
