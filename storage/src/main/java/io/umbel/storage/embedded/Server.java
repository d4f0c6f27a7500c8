package io.umbel.storage.embedded;

import io.umbel.storage.StorageRefusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's process: a daemon that outlives whoever started it, so that what the keyboard sends
 * to a node does not reach it.
 */
final class Server {

  /** After a crash it first reads what was not yet written. */
  private static final Duration TO_START = Duration.ofMinutes(2);

  private static final Duration TO_STOP = Duration.ofSeconds(8);
  private static final int ATTEMPTS = 30;
  private static final long LOG_BYTES = 1 << 20;
  private static final String LOG = "server.log";

  /** Another process took the port, or processes of a killed server are about to end. */
  private static final Pattern PASSES = Pattern.compile(
      "could not (bind|create any TCP/IP sockets)|is still in use|Address already in use");

  private static final Pattern BLAME = Pattern.compile("(?:FATAL|PANIC): +(.*)");

  private final Path directory;
  private final Cluster cluster;
  private final Binaries binaries;
  private final Commands commands;

  Server(Path directory, Cluster cluster, Binaries binaries, Commands commands) {
    this.directory = directory;
    this.cluster = cluster;
    this.binaries = binaries;
    this.commands = commands;
  }

  /** The port of the one that runs on this data already, once it is ready. */
  Optional<Integer> running() throws IOException {
    var until = System.nanoTime() + TO_START.toNanos();
    for (var said = PidFile.of(cluster.data());
        said.isPresent();
        said = PidFile.of(cluster.data())) {
      var server = said.get();
      if (!server.isAlive()) {
        return Optional.empty();
      }
      if (server.isReady()) {
        return isOurs(server) ? Optional.of(server.port()) : Optional.empty();
      }
      if (System.nanoTime() > until || !isOurs(server)) {
        return Optional.empty();
      }
      Pause.millis(20);
    }
    return Optional.empty();
  }

  /** Starts one and returns its port. */
  int start() throws IOException {
    freePidFile();
    makeRoomInLog();
    for (var attempt = 1; ; attempt++) {
      var port = attempt == 1 ? lastPort() : freePort();
      var logged = Files.exists(log()) ? Files.size(log()) : 0;
      if (launch(port)) {
        Files.writeString(lastPortFile(), port + "\n");
        return port;
      }
      var why = blame(logged);
      if (attempt == ATTEMPTS || !PASSES.matcher(why).find()) {
        throw StorageRefusal.notStarted(log(), why);
      }
      Pause.millis(200);
    }
  }

  /** Stops it; what clients have not finished is rolled back. */
  void stop() throws IOException {
    if (!stop("fast", TO_STOP) && PidFile.of(cluster.data()).isPresent()) {
      stop("immediate", TO_STOP);
    }
  }

  private boolean stop(String mode, Duration limit) throws IOException {
    var ended = commands.run(
        List.of(
            binaries.program("pg_ctl").toString(),
            "stop",
            "--silent",
            "--mode=" + mode,
            "--timeout=" + limit.toSeconds(),
            "--pgdata=" + cluster.data()),
        "",
        limit.plusSeconds(1));
    return ended.status() == 0;
  }

  private boolean launch(int port) throws IOException {
    var ended = commands.run(
        List.of(
            binaries.program("pg_ctl").toString(),
            "start",
            "--silent",
            "--timeout=" + TO_START.toSeconds(),
            "--pgdata=" + cluster.data(),
            "--log=" + log(),
            "--options=" + options(port)),
        "",
        TO_START.plusSeconds(5));
    return ended.status() == 0;
  }

  /** What must be so, whatever postgresql.conf says. Errors of statements would fill the log. */
  private static String options(int port) {
    return "-p " + port
        + " -c listen_addresses=127.0.0.1"
        + " -c unix_socket_directories="
        + " -c max_connections=60"
        + " -c fsync=on"
        + " -c logging_collector=off"
        + " -c log_checkpoints=off"
        + " -c log_min_messages=log";
  }

  /** After the machine started anew, another process may have the number of the last server. */
  private void freePidFile() throws IOException {
    var last = PidFile.of(cluster.data());
    if (last.isPresent() && last.get().isAlive() && !isOurs(last.get())) {
      var ended = commands.run(List.of("true"), "", Duration.ofSeconds(10));
      PidFile.pointTo(cluster.data(), ended.pid());
    }
  }

  /** By its command line, where that can be seen; what hides it is not ours either. */
  private boolean isOurs(PidFile server) {
    return ProcessHandle.of(server.pid())
        .flatMap(process -> process.info().commandLine())
        .filter(line -> line.contains(cluster.data().toString()))
        .isPresent();
  }

  private void makeRoomInLog() throws IOException {
    if (Files.exists(log()) && Files.size(log()) > LOG_BYTES) {
      Files.move(log(), directory.resolve(LOG + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String blame(long from) throws IOException {
    if (!Files.exists(log())) {
      return "it could not be launched";
    }
    var said = Files.readString(log());
    var lines = said.substring((int) Math.min(from, said.length())).lines().toList();
    return lines.stream()
        .map(BLAME::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .reduce((first, second) -> second)
        .orElseGet(() -> lines.isEmpty() ? "it gave no reason" : lines.get(lines.size() - 1));
  }

  /** Whoever else still knows it finds the server again. */
  private int lastPort() throws IOException {
    var file = lastPortFile();
    return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : freePort();
  }

  private Path lastPortFile() {
    return directory.resolve("port");
  }

  private Path log() {
    return directory.resolve(LOG);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
