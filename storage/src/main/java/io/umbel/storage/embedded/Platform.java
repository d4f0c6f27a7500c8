package io.umbel.storage.embedded;

import io.umbel.storage.StorageRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/**
 * The machine as far as a binary has to fit it.
 *
 * @param system as in {@code Linux}
 * @param processor as in {@code amd64}
 */
record Platform(String system, String processor) {

  /** This one. */
  static Platform here() {
    return new Platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** Which PostgreSQL the binaries are, as in {@code 18.6.0}. */
  static String version() {
    try (var in = Platform.class.getResourceAsStream("postgres.properties")) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its major version, as in {@code 18}. */
  static String major() {
    return version().replaceFirst("\\..*", "");
  }

  /**
   * The archive of binaries for it.
   *
   * @throws StorageRefusal if none is here
   */
  InputStream archive() {
    var in = Platform.class.getResourceAsStream("/postgres-" + word() + ".txz");
    if (in == null) {
      throw StorageRefusal.noBinaries(system + " on " + processor);
    }
    return in;
  }

  /** As the archives are named. */
  String word() {
    var os = system.toLowerCase(Locale.ROOT).startsWith("mac")
        ? "darwin"
        : system.toLowerCase(Locale.ROOT);
    return os
        + switch (processor) {
          case "amd64", "x86_64" -> "-x86_64";
          case "aarch64", "arm64" -> "-arm_64";
          default -> "-" + processor;
        };
  }
}
