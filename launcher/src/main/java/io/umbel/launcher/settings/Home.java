package io.umbel.launcher.settings;

import io.umbel.launcher.exit.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where Umbel is installed: the directory of the start script, which says so in the system property
 * {@code umbel.home}; the working directory where it was started without the script.
 */
public record Home(Path directory) {

  private static final List<String> FILES =
      List.of("umbel.yaml", "umbel.yml", "umbel.properties", "umbel.json");

  /** This installation. */
  public static Home here() {
    return new Home(
        Path.of(System.getProperty("umbel.home", "")).toAbsolutePath().normalize());
  }

  /** How Hazelcast is set up. */
  public Path clusterXml() {
    return directory.resolve("cluster.xml");
  }

  /** Where this process keeps what must outlive it. */
  public Path data(Settings settings) {
    var data = Path.of(settings.text(Key.DATA));
    return settings.isGiven(Key.DATA) ? data.toAbsolutePath().normalize() : directory.resolve(data);
  }

  /**
   * The configuration file, if there is one.
   *
   * @throws Refusal if there are several: which one counts would be a guess
   */
  Optional<Path> settingsFile() {
    var there = FILES.stream().map(directory::resolve).filter(Files::exists).toList();
    if (there.size() > 1) {
      throw Refusal.usage("There are several configuration files, keep one: " + there);
    }
    return there.stream().findFirst();
  }
}
