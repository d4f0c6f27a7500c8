package io.umbel.registry.upstream.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartsTest {

  private long now = 17;
  private final Restarts restarts = new Restarts(() -> now);

  @Test
  void doesNotWaitForTheFirstStart() {
    assertThat(restarts.pause()).isZero();
  }

  @Test
  void waitsTwiceAsLongEachTime() {
    var pauses = new ArrayList<Duration>();
    for (var i = 0; i < 5; i++) {
      restarts.ended();
      pauses.add(restarts.pause());
      passes(restarts.pause());
      assertThat(restarts.pause()).isZero();
    }
    assertThat(pauses)
        .containsExactlyElementsOf(
            List.of(1, 2, 4, 8, 16).stream().map(Duration::ofSeconds).toList());
  }

  @Test
  void isSpentAfterFiveTimesUntilTheFirstIsFiveMinutesAgo() {
    restarts.ended();
    passes(Duration.ofSeconds(60));
    for (var i = 0; i < 5; i++) {
      assertThat(restarts.isSpent()).isFalse();
      restarts.ended();
    }
    assertThat(restarts.isSpent()).isTrue();
    assertThat(restarts.pause()).isEqualTo(Duration.ofMinutes(4));
    passes(Duration.ofMinutes(4));
    assertThat(restarts.isSpent()).isFalse();
  }

  @Test
  void forgetsWhatIsLongAgoAndWhatItIsTold() {
    restarts.ended();
    passes(Duration.ofMinutes(5));
    assertThat(restarts.pause()).isZero();
    restarts.ended();
    restarts.forget();
    assertThat(restarts.pause()).isZero();
  }

  private void passes(Duration time) {
    now += time.toNanos();
  }
}
