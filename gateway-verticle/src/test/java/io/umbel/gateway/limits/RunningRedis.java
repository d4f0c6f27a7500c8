package io.umbel.gateway.limits;

import io.umbel.gateway.TwoGateways;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A real Redis as a process of its own, on a port that it keeps when it is started again. */
public final class RunningRedis implements AutoCloseable {

  private static final String BINARY = unpack();

  private final int port;
  private final List<String> options;
  private Process process;

  public RunningRedis(String... options) {
    this(freePort(), options);
  }

  /** One that speaks TLS only, with that certificate and key. */
  static RunningRedis withTls(Path certificate, Path key) {
    var port = Integer.toString(freePort());
    return new RunningRedis(
        Integer.parseInt(port),
        "--port",
        "0",
        "--tls-port",
        port,
        "--tls-auth-clients",
        "no",
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString());
  }

  private RunningRedis(int port, String... options) {
    this.port = port;
    this.options = List.of(options);
    start();
  }

  int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** The same with a password before the host. */
  public String url(String password) {
    return "redis://:" + password + "@127.0.0.1:" + port;
  }

  /** Starts it, with nothing in it; returns when it takes connections. */
  public void start() {
    try {
      var command = new ArrayList<>(List.of(
          BINARY, "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
      command.addAll(options);
      process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TwoGateways.until(this::takesConnections);
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(process);
  }

  /** It is there, and says nothing. */
  public void freeze() {
    signal("-STOP");
  }

  /** It goes on where it was. */
  public void thaw() {
    signal("-CONT");
  }

  @Override
  public void close() {
    kill();
  }

  private boolean takesConnections() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private void signal(String which) {
    try {
      awaitEnd(new ProcessBuilder("kill", which, "" + process.pid()).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitEnd(Process ends) {
    try {
      if (!ends.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("does not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String unpack() {
    try {
      return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
