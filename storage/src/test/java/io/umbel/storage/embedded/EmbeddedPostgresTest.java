package io.umbel.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.storage.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  @Test
  void keepsWhatWasWrittenAcrossStarts(@TempDir Path directory) {
    var first = EmbeddedPostgres.start(directory);
    TestDatabase.execute(first.url(), "CREATE TABLE kept (word text)");
    first.stop();

    var second = EmbeddedPostgres.start(directory);
    TestDatabase.execute(second.url(), "INSERT INTO kept VALUES ('still here')");
    second.stop();
    assertThat(directory.resolve("cluster/data/postmaster.pid")).doesNotExist();
  }
}
