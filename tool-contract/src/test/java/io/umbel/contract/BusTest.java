package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusTest {

  @Test
  void knowsItsOperationsByTheirWords() {
    for (var op : Bus.Op.values()) {
      assertThat(Bus.Op.of(op.word())).isEqualTo(op);
    }
    assertThat(Bus.Op.of("sing")).isNull();
    assertThat(Bus.Op.of(null)).isNull();
  }

  @Test
  void isDescribedWordByWord() throws IOException, IllegalAccessException {
    var described = Files.readString(house().resolve("docs/bus.md"));
    assertThat(words()).allSatisfy(word -> assertThat(described).contains(word));
  }

  private static List<String> words() throws IllegalAccessException {
    var words = new ArrayList<>(
        List.of(Bus.ANNOUNCE, Bus.ROLL_CALL, Bus.CHANGED, Bus.ISSUES, Bus.NODE_LEFT));
    for (var header : Bus.Header.class.getFields()) {
      words.add("`" + header.get(null) + "`");
    }
    for (var op : Bus.Op.values()) {
      words.add("op: " + op.word());
    }
    return words;
  }

  private static Path house() {
    var place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("docs"))) {
      place = place.getParent();
    }
    return place;
  }
}
