package io.umbel.launcher.node;

import io.umbel.contract.ClusterSecret;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.settings.Key;
import io.umbel.launcher.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The cluster's secret: what is configured, else a file that the first process makes and all others
 * that share its directory read. Whatever it seals is still good after a restart.
 */
public final class SecretFile {

  private static final String NAME = "cluster.key";

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
    var text = new OwnerFile(file).read(SecretFile::newSecret);
    try {
      return ClusterSecret.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw Refusal.unreadable(
          file, "it does not hold 32 bytes in base64; remove it for a new one");
    }
  }

  private static String newSecret() {
    var bytes = new byte[ClusterSecret.MIN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
