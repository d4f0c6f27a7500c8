package io.umbel.registry.server;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Where a server is. */
public sealed interface Endpoint {

  /**
   * Streamable HTTP, whatever the era.
   *
   * @param url of its one endpoint
   * @param credentials what to show there
   */
  record Http(URI url, Credentials credentials) implements Endpoint {}

  /**
   * HTTP with server-sent events, as of 2024-11-05.
   *
   * @param url of its event stream
   * @param credentials what to show there
   */
  record Sse(URI url, Credentials credentials) implements Endpoint {}

  /**
   * A process of our own.
   *
   * @param command an executable that the operator allows
   * @param args its arguments
   * @param env what it finds in its environment, beside what every child does; values are secrets
   */
  record Stdio(String command, List<String> args, Map<String, String> env) implements Endpoint {
    public Stdio {
      args = List.copyOf(args);
      env = Map.copyOf(env);
    }

    @Override
    public String toString() {
      return "Stdio[" + command + ", " + args.size() + " arguments, " + env.keySet() + "]";
    }
  }
}
