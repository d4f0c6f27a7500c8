package io.umbel.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "a, a, 0", "ab, ba, 2", "git_clone, git_clones, 1"})
  void countsWhatHasToBeChanged(String one, String other, int distance) {
    assertThat(DidYouMean.distance(one, other)).isEqualTo(distance);
    assertThat(DidYouMean.distance(other, one)).isEqualTo(distance);
  }

  @Test
  void proposesTheNearestWhereOneIsNear() {
    var known = List.of("git_clone", "git_close", "add");

    assertThat(DidYouMean.nearest("git_clone2", known)).contains("git_clone");
    assertThat(DidYouMean.nearest("git_clode", known)).contains("git_clone");
    assertThat(DidYouMean.nearest("git_pull", known)).isEmpty();
    assertThat(DidYouMean.nearest("sub", known)).isEmpty();
    assertThat(DidYouMean.nearest("git_clone".repeat(8), known)).isEmpty();
  }
}
