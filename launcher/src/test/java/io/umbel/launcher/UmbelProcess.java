package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.storage.DatabaseUrl;
import io.umbel.storage.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Umbel as a process of its own, from the class path of the tests: nothing has to be packaged. Its
 * environment is empty but for what is given here, a database and no limit on how often it may be
 * asked; {@code UMBEL_DATABASE_URL} left empty makes it bring its own.
 */
final class UmbelProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;
  private static final String END = "end of stdout";

  private static DatabaseUrl database;

  private final Process process;
  private final Path stderr;
  private final BlockingQueue<String> stdout = new LinkedBlockingQueue<>();

  private UmbelProcess(Process process, Path stderr) {
    this.process = process;
    this.stderr = stderr;
    var reader = new Thread(() -> pump(process.inputReader()), "stdout of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code umbel} with these arguments. */
  static UmbelProcess start(Map<String, String> environment, String... arguments)
      throws IOException {
    var command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1"));
    command.addAll(openings());
    command.addAll(List.of("-Dumbel.home=" + home(), "-cp", System.getProperty("java.class.path")));
    command.add(Umbel.class.getName());
    command.addAll(List.of(arguments));
    var stderr = Files.createTempFile("umbel", ".stderr");
    var builder = new ProcessBuilder(command).redirectError(stderr.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().computeIfAbsent("UMBEL_DATABASE_URL", absent -> sharedDatabase());
    builder.environment().putIfAbsent("UMBEL_REGISTRY_SECRET_KEYS", "test:" + "A".repeat(43) + "=");
    builder.environment().putIfAbsent("RATE_LIMIT_RULES", "* unlimited");
    return new UmbelProcess(builder.start(), stderr);
  }

  /** One for all nodes of these tests: to make one takes each of them seconds. */
  private static synchronized String sharedDatabase() {
    if (database == null) {
      database = TestDatabase.fresh();
    }
    return "postgresql://" + database.user() + ":" + database.password() + "@" + database.place();
  }

  /** The root of the repository. */
  static Path home() {
    var place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("cluster.xml"))) {
      place = place.getParent();
    }
    return place;
  }

  /** The endpoint that a gateway says it is ready at. */
  URI endpoint() {
    return URI.create(awaitLine("is ready at ").replaceFirst(".* ", ""));
  }

  /** The next line of stdout in which that is found; the process must not end before. */
  String awaitLine(String regex) {
    var pattern = Pattern.compile(regex);
    for (var line = nextLine(); ; line = nextLine()) {
      assertThat(line).as("line with %s; stderr: %s", regex, stderr()).isNotEqualTo(END);
      if (pattern.matcher(line).find()) {
        return line;
      }
    }
  }

  /** Everything on stdout that has not been looked at, once the process has ended. */
  List<String> restOfStdout() {
    var lines = new ArrayList<String>();
    for (var line = nextLine(); !line.equals(END); line = nextLine()) {
      lines.add(line);
    }
    return lines;
  }

  OutputStream stdin() {
    return process.getOutputStream();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM. */
  UmbelProcess terminate() {
    process.destroy();
    return this;
  }

  /** SIGKILL. */
  UmbelProcess kill() {
    process.destroyForcibly();
    return this;
  }

  /** Its exit status, once it has ended. */
  int status() {
    return statusWithin(PATIENCE_SECONDS);
  }

  int statusWithin(long seconds) {
    try {
      var ended = process.waitFor(seconds, TimeUnit.SECONDS);
      assertThat(ended).as("ended within %d s; stderr: %s", seconds, stderr()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String stderr() {
    try {
      return Files.readString(stderr);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    kill().status();
    Files.delete(stderr);
  }

  private String nextLine() {
    try {
      var line = stdout.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(line).as("a line on stdout in time; stderr: %s", stderr()).isNotNull();
      return line;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pump(BufferedReader reader) {
    try (reader) {
      reader.lines().forEach(stdout::add);
    } catch (IOException | UncheckedIOException closed) {
      // The process is gone.
    }
    stdout.add(END);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What the manifest of umbel.jar opens, as the tests' own machine was given it. */
  private static List<String> openings() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.matches("--(add-|enable-native|sun-misc).*"))
        .toList();
  }
}
