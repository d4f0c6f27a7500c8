package io.umbel.tools.entities.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.umbel.tools.entities.settings.EntitiesRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityFileTest {

  @TempDir
  Path directory;

  @Test
  void leavesOutLinesOfCsvThatHoldNoEntityAndTellsTheirNumbers() {
    var lines = read(
        "user.csv",
        "\uFEFFid,name\n2,Ann\n1\n,Bob\n2,Again\n\n3,\"Carl\nof two lines\"\n4,D,more\n5,\n");
    assertThat(lines.told())
        .containsExactly(
            "line 3: expected 2 cells, not 1",
            "line 4: expected an id, a text or a whole number of at most 256 characters",
            "line 5: the id 2 is there already",
            "line 9: expected 2 cells, not 3");
    assertThat(lines.entities())
        .extracting(entity -> entity.data().toString())
        .containsExactly(
            "{\"id\":\"2\",\"name\":\"Ann\"}",
            "{\"id\":\"3\",\"name\":\"Carl\\nof two lines\"}",
            "{\"id\":\"5\"}");
  }

  @Test
  void leavesOutEntriesOfJsonThatAreNoEntitiesAndTellsTheirNumbers() {
    var lines = read(
        "user.json",
        "[{\"id\": 2},\n7, {\"name\": \"x\"},\n {\"id\": true},\n\n{\"id\": \"1\"}, {\"id\": \"2\"},\n{\"id\": \""
            + "x".repeat(257) + "\"}, {\"id\": 9, \"text\": \"" + "y".repeat(17_000) + "\"}]");
    assertThat(lines.told())
        .containsExactly(
            "line 2: expected an object",
            "line 2: expected an id, a text or a whole number of at most 256 characters",
            "line 3: expected an id, a text or a whole number of at most 256 characters",
            "line 5: the id 2 is there already",
            "line 6: expected an id, a text or a whole number of at most 256 characters",
            "line 6: larger than the 16384 characters an entity may have");
    assertThat(lines.entities()).extracting(Entity::id).containsExactly("1", "2");
  }

  @Test
  void tellsTheFirstTenLinesAndCountsAll() {
    var lines = read("user.csv", "id,name\n" + "x\n".repeat(50));
    assertThat(lines.told()).hasSize(10);
    assertThat(lines.unusable()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.csv|name;x|line 1: expected names of columns, each once, and one of them id",
        "a.csv|id,id;x,y|line 1: expected names of columns, each once, and one of them id",
        "a.csv|''|line 1: expected a line with the names of the columns",
        "a.json|{}|line 1: expected an array of objects",
        "a.json|''|line 1: expected an array of objects",
        "a.json|[{};]x|line 2: ",
        "a.json|[{\"id\": 1},;{\"id\" 2}]|line 2: "
      })
  void refusesAFileThatIsBrokenAsAWholeAndNamesTheLine(String name, String text, String expected) {
    assertThatThrownBy(() -> read(name, text.replace(';', '\n')))
        .isInstanceOf(EntitiesRefusal.class)
        .hasMessageStartingWith(directory.resolve(name) + ", " + expected);
  }

  @Test
  void refusesAFileThatBreaksOffWithinAQuote() {
    assertThatThrownBy(() -> read("a.csv", "id,name\n1,\"Ann\n2,Bob\n"))
        .isInstanceOf(EntitiesRefusal.class)
        .hasMessageContaining("a.csv");
  }

  @Test
  void refusesWhatIsNotUtf8() throws IOException {
    var file = directory.resolve("latin.csv");
    Files.write(file, "id,name\n1,M\u00FCller\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> EntityFile.read(file))
        .isInstanceOf(EntitiesRefusal.class)
        .hasMessage(file + ": is not UTF-8");
  }

  private EntityLines read(String name, String text) {
    try {
      return EntityFile.read(Files.writeString(directory.resolve(name), text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
