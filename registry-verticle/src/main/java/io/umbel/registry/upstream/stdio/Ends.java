package io.umbel.registry.upstream.stdio;

/** What the status of a process that ended says. */
final class Ends {

  private static final int NOT_STARTED = 125;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private static final int SIGNALS = 128;

  private Ends() {}

  static String text(int status) {
    return switch (status) {
      case NOT_STARTED -> "The process could not be started; the log says why";
      case NOT_EXECUTABLE -> "The command cannot be executed";
      case NOT_FOUND -> "The command is not found";
      default ->
        status > SIGNALS
            ? "The process was ended by signal " + (status - SIGNALS)
            : "The process ended with status " + status;
    };
  }
}
