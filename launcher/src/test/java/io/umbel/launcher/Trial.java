package io.umbel.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the processes of one test share: a directory, the foreign jar, and a cluster that no other
 * test is in.
 */
final class Trial {

  private final Map<String, String> environment = new HashMap<>();

  private Trial(Path directory, Path jar) {
    environment.put("UMBEL_DATA", directory.resolve("data").toString());
    environment.put("UMBEL_WITH", jar.toString());
    environment.put("UMBEL_PORT", "0");
    environment.put("UMBEL_CLUSTER_NAME", "test-" + ProcessHandle.current().pid());
    environment.put("UMBEL_CLUSTER_PORT", Integer.toString(freePort()));
  }

  /** A new one there, where the recipe is compiled too. */
  static Trial in(Path directory) throws IOException {
    return new Trial(directory, ForeignJar.compiledIn(Files.createDirectories(directory)));
  }

  /** A port that was free a moment ago. */
  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What its gateways take from a client. */
  String token() throws IOException {
    return tokenBy("token");
  }

  /** The same, for whoever may do those things. */
  String token(String scopes) throws IOException {
    return tokenBy("token", "--scope", scopes);
  }

  /** The same, for a user of that account who may do those things. */
  String token(String account, String subject, String scopes) throws IOException {
    return tokenBy("token", "--account", account, "--subject", subject, "--scope", scopes);
  }

  private String tokenBy(String... command) throws IOException {
    try (var minting = start(command)) {
      return minting.restOfStdout().get(0);
    }
  }

  /** Starts a process with these arguments. */
  UmbelProcess start(String... arguments) throws IOException {
    return UmbelProcess.start(environment, arguments);
  }

  /** Starts a process with this in its environment too. */
  UmbelProcess startWith(Map<String, String> more, String... arguments) throws IOException {
    var all = new HashMap<>(environment);
    all.putAll(more);
    return UmbelProcess.start(all, arguments);
  }
}
