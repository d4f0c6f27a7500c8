package io.umbel.registry.upstream.stdio;

import io.umbel.registry.server.Endpoint.Stdio;
import io.umbel.registry.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which processes accounts may have started, as the operator says: without this, whoever registers
 * a server could run anything. The operator's own servers are allowed by being configured.
 */
public final class Allowance {

  /** Nothing. */
  public static final Allowance NONE = new Allowance(List.of(), Set.of());

  private static final String AND_MORE = "*";

  private final List<List<String>> commands;
  private final Set<String> variables;

  private Allowance(List<List<String>> commands, Set<String> variables) {
    this.commands = commands;
    this.variables = variables;
  }

  /**
   * What the settings say.
   *
   * @param commands each as it is typed, words parted by spaces, no quotes; one that ends with a
   *     word {@code *} may have any further arguments, any other none but its own
   * @param variables names of environment variables that accounts may set
   * @throws IllegalArgumentException if a command would allow everything
   */
  public static Allowance of(List<String> commands, List<String> variables) {
    var read = new ArrayList<List<String>>();
    for (var command : commands) {
      var words = List.of(command.strip().split("\\s+"));
      if (words.get(0).isEmpty() || words.get(0).equals(AND_MORE)) {
        throw new IllegalArgumentException("\"" + command
            + "\" names no command; write it as it is typed, as in: npx -y some-server");
      }
      read.add(words);
    }
    return new Allowance(List.copyOf(read), new TreeSet<>(variables));
  }

  /** Why this server must not be started; empty if it may. */
  public Optional<String> refusal(Server server) {
    return server.key().isOperators() || !(server.endpoint() instanceof Stdio process)
        ? Optional.empty()
        : refusal(process);
  }

  /** Why no account may have that started; empty if they may. Names no value. */
  public Optional<String> refusal(Stdio process) {
    if (commands.stream().noneMatch(allowed -> matches(allowed, process))) {
      return Optional.of("The operator does not allow this command with these arguments");
    }
    return process.env().keySet().stream()
        .filter(name -> !variables.contains(name))
        .sorted()
        .findFirst()
        .map(name -> "The operator does not allow to set the environment variable " + name);
  }

  private static boolean matches(List<String> allowed, Stdio process) {
    var typed = new ArrayList<>(List.of(process.command()));
    typed.addAll(process.args());
    var last = allowed.size() - 1;
    if (!allowed.get(last).equals(AND_MORE)) {
      return typed.equals(allowed);
    }
    return typed.size() >= last && typed.subList(0, last).equals(allowed.subList(0, last));
  }
}
