package io.umbel.launcher.command;

import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of a command that are settings too: they win over a file and the environment. */
class SettingFlags {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read settings from this file (.yaml, .properties or .json).")
  Path file;

  private final List<Layer.Entry> entries = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep here what must outlive a restart (default: .umbel beside the script).")
  void data(String directory) {
    set("--data", Key.DATA, directory);
  }

  /** Notes that this flag was given. */
  final void set(String flag, Key key, String value) {
    entries.add(new Layer.Entry(key, flag, value));
  }

  Layer layer() {
    return new Layer(List.copyOf(entries));
  }
}
