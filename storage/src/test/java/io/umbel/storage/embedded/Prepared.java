package io.umbel.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What the first start in a directory takes seconds for, done once and copied. */
final class Prepared {

  private static Path made;

  private Prepared() {}

  /** Makes that directory one in which there has been a server before. */
  static synchronized void in(Path directory) throws IOException {
    if (made == null) {
      made = Path.of("target", "postgres-to-copy").toAbsolutePath();
      EmbeddedPostgres.start(made).stop();
    }
    try (var files = Files.walk(made)) {
      for (var file : files.filter(file -> !file.equals(made)).toList()) {
        var copy = directory.resolve(made.relativize(file).toString());
        if (file.toString().contains("/programs-") && Files.isRegularFile(file)) {
          Files.createLink(copy, file);
        } else {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
  }
}
