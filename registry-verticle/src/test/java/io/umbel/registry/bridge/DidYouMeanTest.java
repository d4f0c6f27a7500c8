package io.umbel.registry.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "a, a, 0", "ab, ba, 2", "git_clone, git_clones, 1"})
  void countsWhatHasToBeChanged(String one, String other, int distance) {
    assertThat(DidYouMean.distance(one, other)).isEqualTo(distance);
    assertThat(DidYouMean.distance(other, one)).isEqualTo(distance);
  }
}
