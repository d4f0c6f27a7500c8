package io.umbel.registry.upstream.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

  private static final int MOST = 1000;

  private final List<Lines.Line> taken = new ArrayList<>();
  private final Lines lines = new Lines(MOST, taken::add);

  @Test
  void cutsLinesWhereverTheBytesAreCut() {
    take("ab", "c\nd", "\n", "\n", "e", "f");
    assertThat(texts()).containsExactly("abc", "d");
    lines.end();
    assertThat(texts()).containsExactly("abc", "d", "ef");
  }

  @Test
  void takesALineOfTheLargestSize() {
    take("x".repeat(MOST) + "\n");
    assertThat(taken).singleElement().matches(Lines.Line::isWhole);
  }

  @Test
  void keepsTheTwoEndsOfALineThatIsTooLong() {
    take("begin" + "x".repeat(600), "y".repeat(600), "end\nnext\n");
    assertThat(taken.get(0).isWhole()).isFalse();
    assertThat(taken.get(0).bytes().toString()).startsWith("begin").hasSize(Lines.END);
    assertThat(taken.get(0).tail().toString()).endsWith("yend").hasSize(Lines.END);
    assertThat(taken.get(1).bytes()).hasToString("next");
  }

  @Test
  void keepsTheTwoEndsOfALineThatComesAtOnce() {
    take("begin" + "x".repeat(5000) + "end\n");
    assertThat(taken.get(0).bytes().toString()).startsWith("beginx").hasSize(Lines.END);
    assertThat(taken.get(0).tail().toString()).endsWith("xend").hasSize(Lines.END);
  }

  @Test
  void keepsLittleOfALineThatNeverEnds() {
    for (var i = 0; i < 1000; i++) {
      take("z".repeat(1000));
    }
    lines.end();
    assertThat(taken.get(0).tail().length()).isEqualTo(Lines.END);
  }

  private void take(String... chunks) {
    for (var chunk : chunks) {
      var bytes = chunk.getBytes(UTF_8);
      lines.take(bytes, bytes.length);
    }
  }

  private List<String> texts() {
    return taken.stream().map(line -> line.bytes().toString()).toList();
  }
}
