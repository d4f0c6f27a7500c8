package io.umbel.registry.upstream.stdio;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How processes of servers are run.
 *
 * @param directory where each gets a directory of its own; made if it is not there
 * @param allowance what accounts may have started
 * @param surroundings what a child gets of those of this process
 * @param client our {@code Implementation}
 * @param answerBytes the longest message of a server
 * @param times how long things may take
 */
public record StdioSettings(
    Path directory,
    Allowance allowance,
    Surroundings surroundings,
    JsonObject client,
    int answerBytes,
    Times times) {

  /**
   * Of which a child gets little.
   *
   * @param environment that of this process
   * @param inherited what a child gets of it beside what all need
   */
  public record Surroundings(Map<String, String> environment, Set<String> inherited) {}

  /**
   * How long things may take.
   *
   * @param start until a server has told of itself
   * @param silence after which one that was asked of which era it is counts as of sessions
   * @param longest of one request, whatever progress it makes
   * @param idle after which a process that nobody uses is ended
   * @param term between SIGTERM and SIGKILL, in whole seconds
   */
  public record Times(
      Duration start, Duration silence, Duration longest, Duration idle, Duration term) {

    /** Two minutes, three seconds, ten minutes, five minutes, five seconds. */
    public static final Times USUAL = new Times(
        Duration.ofMinutes(2),
        Duration.ofSeconds(3),
        Duration.ofMinutes(10),
        Duration.ofMinutes(5),
        Duration.ofSeconds(5));

    /** The same, with that much time to start. */
    public Times starting(Duration within) {
      return new Times(within, silence, longest, idle, term);
    }
  }
}
