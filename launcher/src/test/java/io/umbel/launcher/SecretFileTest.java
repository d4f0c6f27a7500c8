package io.umbel.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.umbel.contract.ClusterSecret;
import io.umbel.launcher.exit.Refusal;
import io.umbel.launcher.node.SecretFile;
import io.umbel.launcher.settings.Layer;
import io.umbel.launcher.settings.Settings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

  @TempDir
  Path directory;

  @Test
  void makesTheFileOnceForItsOwnerOnlyAndReadsItFromThenOn() throws IOException {
    var place = directory.resolve("deep/umbel");

    var first = fingerprint(new SecretFile(place).secret());
    var second = fingerprint(new SecretFile(place).secret());

    assertThat(second).isEqualTo(first);
    assertThat(mode(place.resolve("cluster.key"))).isEqualTo("rw-------");
    assertThat(mode(place)).isEqualTo("rwx------");
    try (var files = Files.list(place)) {
      assertThat(files).containsExactly(place.resolve("cluster.key"));
    }
  }

  @Test
  void givesAllWhoComeAtTheSameTimeTheSameSecret() {
    var seen = IntStream.range(0, 16)
        .parallel()
        .mapToObj(i -> fingerprint(new SecretFile(directory).secret()))
        .distinct();

    assertThat(seen).hasSize(1);
  }

  @Test
  void prefersTheSecretThatIsConfiguredAndMakesNoFileThen() {
    var text = "0123456789".repeat(4);
    var layer = Layer.ofEnvironment(new JsonObject().put("UMBEL_CLUSTER_SECRET", text));

    var secret = new SecretFile(directory).secret(Settings.of(List.of(layer)));

    assertThat(fingerprint(secret)).isEqualTo(fingerprint(ClusterSecret.of(text.getBytes(UTF_8))));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesAFileThatHoldsNoSecret() throws IOException {
    Files.writeString(directory.resolve("cluster.key"), "abc\n");

    assertThat(catchThrowableOfType(Refusal.class, () -> new SecretFile(directory).secret()))
        .hasMessageContaining("cluster.key")
        .hasMessageContaining("32 bytes in base64");
  }

  private static String fingerprint(ClusterSecret secret) {
    return Base64.getEncoder().encodeToString(secret.key("test"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
