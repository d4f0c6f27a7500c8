package io.umbel.launcher.node;

import io.umbel.launcher.exit.Refusal;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

/** Jars with verticles that are not part of Umbel. */
final class ForeignJars {

  private ForeignJars() {}

  /**
   * A loader that finds their classes; what both have comes from Umbel.
   *
   * @throws Refusal if one is not there or is no jar
   */
  static ClassLoader open(List<String> paths) {
    var umbel = ForeignJars.class.getClassLoader();
    if (paths.isEmpty()) {
      return umbel;
    }
    var urls = paths.stream().map(Path::of).map(ForeignJars::url).toArray(URL[]::new);
    return new URLClassLoader("with", urls, umbel);
  }

  private static URL url(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw Refusal.badJar(jar, "there is no such file");
    }
    try (var opened = new ZipFile(jar.toFile())) {
      return Path.of(opened.getName()).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("Every path is a URL", e);
    } catch (IOException e) {
      throw Refusal.badJar(jar, "it is not a jar");
    }
  }
}
