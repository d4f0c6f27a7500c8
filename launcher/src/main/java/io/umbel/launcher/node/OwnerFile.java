package io.umbel.launcher.node;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import io.umbel.launcher.exit.Refusal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with a secret, for its owner's eyes: the first process makes it, all others that share its
 * directory read it.
 */
public record OwnerFile(Path path) {

  private static final Set<PosixFilePermission> OWNER_ONLY = fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = fromString("rwx------");
  private static final Logger LOG = LoggerFactory.getLogger(OwnerFile.class);

  /** What is in it; where it is not there it is made, of this. */
  public String read(Supplier<String> fresh) {
    try {
      if (!Files.exists(path)) {
        create(fresh.get());
      }
      if (!Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
        LOG.warn("{} can be read by others than its owner", path);
      }
      return Files.readString(path).strip();
    } catch (IOException e) {
      throw Refusal.unreadable(path, e.toString());
    }
  }

  private void create(String text) throws IOException {
    var directory = path.getParent();
    Files.createDirectories(directory, asFileAttribute(OWNER_ONLY_DIRECTORY));
    var draft = Files.createTempFile(
        directory, path.getFileName().toString(), ".new", asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(draft, text + "\n");
      publish(draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; its secret is the one.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** A link appears whole or not at all, and only once. Not every file system has links. */
  private void publish(Path draft) throws IOException {
    try {
      Files.createLink(path, draft);
    } catch (UnsupportedOperationException e) {
      Files.move(draft, path);
    }
  }
}
