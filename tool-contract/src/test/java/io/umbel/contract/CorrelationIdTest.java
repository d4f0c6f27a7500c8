package io.umbel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdTest {

  private static final String NEW = "[0-9a-f]{32}";

  @ParameterizedTest
  @ValueSource(strings = {"12345678", "req-2026.07.28_A", "0aZ-._9b"})
  void keepsWhatTheClientSent(String sent) {
    assertThat(CorrelationId.from(sent)).isEqualTo(sent);
  }

  @Test
  void keepsUpTo64Characters() {
    assertThat(CorrelationId.from("a".repeat(64))).hasSize(64);
    assertThat(CorrelationId.from("a".repeat(65))).matches(NEW);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "1234567",
        "has a blank",
        "a-new\nline",
        "quote\"quote",
        "umlaut-\u00e4",
        "%00%00%00"
      })
  void makesANewOneWhereThatIsNotFitForALog(String sent) {
    assertThat(CorrelationId.from(sent)).matches(NEW);
  }

  @Test
  void makesEachOneNew() {
    assertThat(CorrelationId.next()).matches(NEW).isNotEqualTo(CorrelationId.next());
  }
}
