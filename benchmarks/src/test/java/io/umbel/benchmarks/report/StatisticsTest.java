package io.umbel.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3.0);
  }

  @Test
  void nothingHasNoMedian() {
    assertThat(Statistics.median(List.of())).isNaN();
  }

  @Test
  void aRatioIsTakenRoundByRoundSoThatASlowMomentOfTheMachineDoesNotShow() {
    var yardstick = List.of(10.0, 40.0, 10.0);
    var measured = List.of(20.0, 80.0, 22.0);

    assertThat(Statistics.ratio(measured, yardstick)).isEqualTo(2.0, within(1e-9));
  }

  @Test
  void roundsThatAreMissingAreNotGuessed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Statistics.ratio(List.of(1.0), List.of(1.0, 2.0)));
  }
}
