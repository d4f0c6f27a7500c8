package io.umbel.storage.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once beside the data. The directory appears whole or not at all;
 * what became of it later is checked at each start by a list of its files and their sizes.
 */
final class Binaries {

  private static final String LIST = "files.list";
  private static final String PREFIX = "programs-";
  private static final String DRAFT = "unpacking";

  private final Platform platform;
  private final Path directory;
  private final Path home;

  Binaries(Platform platform, Path directory) {
    this.platform = platform;
    this.directory = directory;
    this.home = directory.resolve(PREFIX + Platform.version() + "-" + platform.word());
  }

  /** The path of one of its programs. */
  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** Sees to it that all of them are there. */
  void unpack() throws IOException {
    if (isWhole()) {
      return;
    }
    var draft = directory.resolve(DRAFT);
    Trees.delete(draft);
    Files.createDirectories(draft);
    try (var archive = new XZInputStream(new BufferedInputStream(platform.archive(), 1 << 16))) {
      Files.write(draft.resolve(LIST), lines(draft, new Tar(archive, draft).unpack()));
    }
    Trees.delete(home);
    Files.move(draft, home, ATOMIC_MOVE);
  }

  /** Removes those of other versions, which nothing runs any more. */
  void forgetOthers() throws IOException {
    try (var beside = Files.list(directory)) {
      for (var other : beside.filter(this::isOther).toList()) {
        Trees.delete(other);
      }
    }
  }

  private boolean isOther(Path path) {
    return path.getFileName().toString().startsWith(PREFIX) && !path.equals(home);
  }

  private boolean isWhole() throws IOException {
    var list = home.resolve(LIST);
    if (!Files.exists(list)) {
      return false;
    }
    for (var line : Files.readAllLines(list)) {
      var file = home.resolve(line.substring(line.indexOf(' ') + 1));
      var size = Long.parseLong(line.substring(0, line.indexOf(' ')));
      if (!Files.isRegularFile(file) || Files.size(file) != size) {
        return false;
      }
    }
    return true;
  }

  private static List<String> lines(Path root, List<Path> files) throws IOException {
    var lines = new ArrayList<String>();
    for (var file : files) {
      lines.add(Files.size(file) + " " + root.relativize(file));
    }
    return lines;
  }
}
