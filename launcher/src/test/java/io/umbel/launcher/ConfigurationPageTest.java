package io.umbel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.umbel.launcher.exit.Exit;
import io.umbel.launcher.settings.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the code says. */
class ConfigurationPageTest {

  @Test
  void hasOneRowForEveryKeyAndNoOther() throws IOException {
    var rows = page().filter(line -> line.matches("\\| `(mcp|umbel|rate)\\..*")).toList();

    assertThat(rows).containsExactlyInAnyOrderElementsOf(expected());
  }

  @Test
  void saysWhatEveryExitStatusMeans() throws IOException {
    var rows = page().filter(line -> line.matches("\\| \\d+ \\|.*")).toList();

    assertThat(rows)
        .extracting(row -> Integer.parseInt(row.split(" ", 3)[1]))
        .containsAll(Arrays.stream(Exit.values()).map(Exit::status).toList());
  }

  private static Stream<String> page() throws IOException {
    return Files.readAllLines(UmbelProcess.home().resolve("docs/configuration.md")).stream();
  }

  private static List<String> expected() {
    return Key.all().stream().map(ConfigurationPageTest::row).toList();
  }

  private static String row(Key key) {
    var absent = key.absent().isEmpty() ? "" : " `" + key.absent() + "`";
    return "| `%s` | `%s` |%s | %s | %s |"
        .formatted(key.key(), key.env(), absent, key.kind().expected(), key.doc());
  }
}
