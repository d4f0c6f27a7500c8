package io.umbel.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Exactly as many as the rule says, on a clock that only the test moves. */
class MemoryLimiterTest {

  private static final Rate TWENTY = Rate.of(20, Duration.ofSeconds(60), 20);

  private long nanos = Long.MAX_VALUE - 1_000_000_000L; // it may overflow on the way
  private final MemoryLimiter limiter = new MemoryLimiter(() -> nanos);

  @Test
  void ofTwentyOneAtOnceTwentyPassAndTheNextAfterThreeSeconds() {
    for (int call = 1; call <= 20; call++) {
      assertThat(take(TWENTY)).isZero();
    }
    assertThat(take(TWENTY)).isEqualTo(3_000_000);
    pass(Duration.ofMillis(2_999));
    assertThat(take(TWENTY)).isEqualTo(1_000);
    pass(Duration.ofMillis(1));
    assertThat(take(TWENTY)).isZero();
    assertThat(take(TWENTY)).isEqualTo(3_000_000);
  }

  @Test
  void whoWaitsLongHasTheWholeBurstAgainAndNoMore() {
    for (int call = 1; call <= 20; call++) {
      take(TWENTY);
    }
    pass(Duration.ofHours(5));
    for (int call = 1; call <= 20; call++) {
      assertThat(take(TWENTY)).isZero();
    }
    assertThat(take(TWENTY)).isEqualTo(3_000_000);
  }

  @Test
  void inTheLongRunItIsTheRateThatCounts() {
    var passed = 0;
    for (int second = 0; second < 600; second++) {
      passed += take(TWENTY) == 0 ? 1 : 0;
      pass(Duration.ofSeconds(1));
    }
    assertThat(passed).isEqualTo(20 + 599 / 3);
  }

  @Test
  void aRuleThatHasBecomeTighterIsWaitedForNoLongerThanItSays() {
    take(Rate.of(1, Duration.ofHours(1), 10));
    assertThat(take(TWENTY)).isEqualTo(3_000_000);
  }

  @Test
  void keysAreCountedForThemselves() {
    var one = Rate.of(1, Duration.ofSeconds(1), 1);
    assertThat(limiter.take("a", one).result()).isZero();
    assertThat(limiter.take("b", one).result()).isZero();
    assertThat(limiter.take("a", one).result()).isEqualTo(1_000_000);
  }

  @Test
  void askingWhetherOneMayIsNotCounted() {
    var one = Rate.of(1, Duration.ofSeconds(1), 1);
    assertThat(limiter.waitFor("k", one, false)).isZero();
    assertThat(limiter.waitFor("k", one, false)).isZero();
    assertThat(limiter.waitFor("k", one, true)).isZero();
    assertThat(limiter.waitFor("k", one, false)).isEqualTo(1_000_000);
  }

  private long take(Rate rate) {
    return limiter.take("k", rate).result();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
