package io.umbel.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code rate.limit.rules} mean. */
class RulesTest {

  private static final Rate USUAL = Rate.of(600, Duration.ofMinutes(1), 100);

  @Test
  void theFirstRuleThatFitsDecides() {
    var rules = Rules.of(List.of(
        "tools/call:search 20/60s burst 5", "tools/call 7/1m", "ping unlimited", "* 1/1h burst 2"));
    assertThat(rules.of("tools/call", "search")).isEqualTo(Rate.of(20, Duration.ofMinutes(1), 5));
    assertThat(rules.of("tools/call", "other")).isEqualTo(Rate.of(7, Duration.ofMinutes(1), 7));
    assertThat(rules.of("tools/call", null)).isEqualTo(Rate.of(7, Duration.ofMinutes(1), 7));
    assertThat(rules.of("ping", null).isUnlimited()).isTrue();
    assertThat(rules.of("tools/list", null)).isEqualTo(Rate.of(1, Duration.ofHours(1), 2));
  }

  @Test
  void whatNoRuleIsAboutHasTheUsualLimit() {
    var rules = Rules.of(List.of("tools/list 20/1m"));
    assertThat(rules.of("tools/call", "add")).isEqualTo(USUAL);
    assertThat(Rules.of(List.of()).of("unknown", null)).isEqualTo(USUAL);
  }

  @Test
  void notificationsHaveAWiderLimitThatRulesForRequestsDoNotTouch() {
    var wider = Rate.of(6000, Duration.ofMinutes(1), 1000);
    assertThat(Rules.of(List.of("* 1/1h")).of("notifications", null)).isEqualTo(wider);
    assertThat(Rules.of(List.of("notifications 5/1s")).of("notifications", null))
        .isEqualTo(Rate.of(5, Duration.ofSeconds(1), 5));
  }

  @Test
  void withoutRulesNothingIsLimited() {
    assertThat(Rules.NONE.of("tools/call", "add").isUnlimited()).isTrue();
  }

  @Test
  void anIntervalIsRoundedSoThatItNeverAllowsMore() {
    assertThat(Rate.of(7, Duration.ofSeconds(1), 1).intervalMicros()).isEqualTo(142_858);
    assertThat(Rate.of(20, Duration.ofSeconds(60), 20).intervalMicros()).isEqualTo(3_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tools/call",
        "20/60s",
        "* 20/60",
        "* 0/60s",
        "* 20/0s",
        "* 20/60s burst 0",
        "* 20/60s burst",
        "* -1/60s",
        "* 20/60d",
        "tools/cal 20/60s",
        "tools/list:add 20/60s",
        "*:add 20/60s",
        "* 1/24h burst 31",
        "* 9999999/1s",
        "* unlimited burst 3"
      })
  void whatIsNoRuleIsRefused(String text) {
    assertThat(Rules.isRule(text)).isFalse();
    assertThatThrownBy(() -> Rules.of(List.of(text))).isInstanceOf(IllegalArgumentException.class);
  }
}
