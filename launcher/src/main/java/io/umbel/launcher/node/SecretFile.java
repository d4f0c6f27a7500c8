package io.umbel.launcher.node;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import io.umbel.contract.ClusterSecret;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's secret: what is configured, else a file that the first process makes and all others
 * that share its directory read. Whatever it seals is still good after a restart.
 */
public final class SecretFile {

  private static final String NAME = "cluster.key";
  private static final Set<PosixFilePermission> OWNER_ONLY = fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = fromString("rwx------");
  private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);

  private final Path directory;

  public SecretFile(Path directory) {
    this.directory = directory;
  }

  /** The secret that these settings mean. */
  public ClusterSecret secret(Settings settings) {
    if (settings.isGiven(Key.CLUSTER_SECRET)) {
      var text = settings.text(Key.CLUSTER_SECRET);
      return ClusterSecret.of(text.getBytes(StandardCharsets.UTF_8));
    }
    return secret();
  }

  /** The secret in the file, which is made if it is not there. */
  public ClusterSecret secret() {
    var file = directory.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
        LOG.warn("{} can be read by others than its owner", file);
      }
      return ClusterSecret.of(Base64.getDecoder().decode(Files.readString(file).strip()));
    } catch (IllegalArgumentException e) {
      throw Refusal.unreadable(
          file, "it does not hold 32 bytes in base64; remove it for a new one");
    } catch (IOException e) {
      throw Refusal.unreadable(file, e.toString());
    }
  }

  private void create(Path file) throws IOException {
    Files.createDirectories(directory, asFileAttribute(OWNER_ONLY_DIRECTORY));
    var draft = Files.createTempFile(directory, NAME, ".new", asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(draft, newSecret());
      publish(draft, file);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; its secret is the one.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** A link appears whole or not at all, and only once. Not every file system has links. */
  private static void publish(Path draft, Path file) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (UnsupportedOperationException e) {
      Files.move(draft, file);
    }
  }

  private static String newSecret() {
    var bytes = new byte[ClusterSecret.MIN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes) + "\n";
  }
}
