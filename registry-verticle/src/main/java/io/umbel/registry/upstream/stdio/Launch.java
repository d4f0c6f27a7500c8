package io.umbel.registry.upstream.stdio;

import io.umbel.registry.server.Endpoint.Stdio;
import io.umbel.registry.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts a server's process under its guard, a shell script that outlives us by moments and ends
 * what it started: in a process group and an empty directory of its own, with little environment.
 */
final class Launch {

  private static final String GUARD = "UMBEL_GUARD";
  private static final String SCRIPT = read("guard.sh");

  private final StdioSettings settings;
  private final String shell;

  Launch(StdioSettings settings) {
    this(settings, "/bin/sh");
  }

  Launch(StdioSettings settings, String shell) {
    this.settings = settings;
    this.shell = shell;
  }

  /** Blocks for some milliseconds. */
  Process start(Server server) throws IOException {
    var directory = directory(server);
    var process = (Stdio) server.endpoint();
    var command = new ArrayList<>(List.of(shell, "-c", "eval \"$" + GUARD + "\"", "umbel-guard"));
    command.add(Long.toString(settings.times().term().toSeconds()));
    command.add(directory.toString());
    command.add(process.command());
    command.addAll(process.args());
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment(directory, process));
    builder.environment().put(GUARD, SCRIPT);
    return builder.start();
  }

  private Path directory(Server server) throws IOException {
    var parent = Files.createDirectories(settings.directory().toAbsolutePath());
    var ownersOnly = PosixFilePermissions.fromString("rwx------");
    return Files.createTempDirectory(
        parent, server.key().id() + "-", PosixFilePermissions.asFileAttribute(ownersOnly));
  }

  private Map<String, String> environment(Path directory, Stdio process) {
    var environment = new TreeMap<>(Inheritance.of(
        settings.surroundings().environment(), settings.surroundings().inherited()));
    environment.put("TMPDIR", directory.toString());
    environment.putAll(process.env());
    return environment;
  }

  private static String read(String resource) {
    try (InputStream in = Launch.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
