package io.umbel.registry;

import io.umbel.registry.server.Server;
import io.umbel.storage.VaultKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a registry is set up.
 *
 * @param operators servers that everyone has, whatever the database says
 * @param destinations hosts and networks that servers may be at although they are private:
 *     {@code mcp.example.com}, {@code *.example.com}, {@code 10.1.0.0/16}, {@code 127.0.0.1}
 * @param children which processes it may start
 * @param keys what secrets are kept with, the newest first; none where there is no database
 * @param pinned whether a changed definition stays hidden where nobody said otherwise
 * @param bounds of what it takes and keeps
 */
public record RegistrySettings(
    List<Server> operators,
    List<String> destinations,
    Children children,
    List<VaultKey> keys,
    boolean pinned,
    Bounds bounds) {

  public RegistrySettings {
    operators = List.copyOf(operators);
    destinations = List.copyOf(destinations);
    keys = List.copyOf(keys);
  }

  /**
   * The processes that servers may be, beside those that the operator configured.
   *
   * @param commands whole command lines, words separated by a space; where the last word is
   *     {@code *}, any arguments may follow
   * @param variables names of what may be put into their environment
   * @param inherited names of what each gets of this process' environment beside what all need
   * @param start how long one may take until it tells of itself; it may have to be fetched first
   * @param directory where each gets a working directory of its own
   */
  public record Children(
      List<String> commands,
      Set<String> variables,
      Set<String> inherited,
      Duration start,
      Path directory) {

    /** Two minutes. */
    public static final Duration USUAL_START = Duration.ofMinutes(2);

    public Children {
      commands = List.copyOf(commands);
      variables = Set.copyOf(variables);
      inherited = Set.copyOf(inherited);
    }

    /** None but the operator's, with nothing special, in that directory. */
    public static Children none(Path directory) {
      return new Children(List.of(), Set.of(), Set.of(), USUAL_START, directory);
    }
  }

  /**
   * How much is enough.
   *
   * @param answerBytes of one answer of a server
   * @param servers of one account
   */
  public record Bounds(int answerBytes, int servers) {

    /** 8 MiB, and 50 servers. */
    public static final Bounds USUAL = new Bounds(8 * 1024 * 1024, 50);
  }

  /** No server of the operator, no private destination, no process, no key; pinned. */
  public static RegistrySettings usual() {
    return new RegistrySettings(
        List.of(),
        List.of(),
        Children.none(Path.of(System.getProperty("java.io.tmpdir"))),
        List.of(),
        true,
        Bounds.USUAL);
  }
}
