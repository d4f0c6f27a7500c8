package io.umbel.launcher.command;

import io.umbel.launcher.exit.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What opens a tracker: never on the command line, where others on this machine can read it. */
final class KeyFlags {

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description = "The file that holds its key; - is standard input.")
  private String file;

  @Option(
      names = "--api-key-env",
      paramLabel = "NAME",
      description = "The environment variable that holds its key.")
  private String variable;

  /** The key, or null where none was given. */
  String read() {
    if (file != null && variable != null) {
      throw Refusal.usage("Give one of --api-key-file and --api-key-env");
    }
    var key = variable == null ? fromFile() : fromEnvironment();
    if (key != null && key.isBlank()) {
      throw Refusal.usage("The key is empty: look at what --api-key-file or --api-key-env names");
    }
    return key == null ? null : key.strip();
  }

  private String fromEnvironment() {
    var value = System.getenv(variable);
    if (value == null) {
      throw Refusal.usage("The environment has no " + variable);
    }
    return value;
  }

  private String fromFile() {
    if (file == null) {
      return null;
    }
    try {
      return file.equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (IOException e) {
      throw Refusal.unreadable(Path.of(file), e.toString());
    }
  }
}
