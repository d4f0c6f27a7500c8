package io.umbel.launcher.command;

import io.umbel.launcher.settings.IssuesKey;
import io.umbel.launcher.settings.Key;
import picocli.CommandLine.Option;

/** The flags of a node that may listen. */
final class ListenFlags extends NodeFlags {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Listen on this port (default: 8080), 0 for any that is free.")
  void port(String port) {
    set("--port", Key.PORT, port);
  }

  @Option(
      names = "--demo",
      description = "Give the development account a tracker with issues to try things with.")
  void demo(boolean on) {
    if (on) {
      set("--demo", IssuesKey.DEMO, "true");
    }
  }

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Listen on this address (default: 127.0.0.1).")
  void host(String address) {
    set("--host", Key.HOST, address);
  }
}
