package io.umbel.tools.issues.tracker.jira;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockTest {

  private static final DateTimeFormatter JQL = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-01-05T09:00:59Z, 2026/01/05 09:00",
    "Europe/Lisbon, 2026-07-05T09:00:00Z, 2026/07/05 10:00",
    "America/Los_Angeles, 2026-01-05T03:00:00Z, 2026/01/04 19:00",
    "Pacific/Kiritimati, 2026-01-05T11:00:00Z, 2026/01/06 01:00"
  })
  void saysATimeAsItsZoneDoes(String zone, Instant time, String jql) {
    assertThat(Clock.of(zone).jql(time)).isEqualTo(jql);
  }

  @ParameterizedTest
  @CsvSource({"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"})
  void isNeverLateAllYearLong(String name) {
    var zone = ZoneId.of(name);
    var clock = Clock.of(name);
    for (var time = Instant.parse("2026-01-01T00:00:00Z");
        time.isBefore(Instant.parse("2027-01-01T00:00:00Z"));
        time = time.plusSeconds(1_847)) {
      var local = LocalDateTime.parse(clock.jql(time), JQL);
      for (var offset : zone.getRules().getValidOffsets(local)) {
        assertThat(local.toInstant(offset)).isBeforeOrEqualTo(time);
      }
    }
  }

  @Test
  void isNeverLateWhereNobodyKnowsTheZone() {
    var time = Instant.parse("2026-01-05T09:00:00Z");
    for (var unknown : new String[] {null, "", "Mars/Olympus", "%s"}) {
      var local = LocalDateTime.parse(Clock.of(unknown).jql(time), JQL);
      for (var zone : ZoneId.getAvailableZoneIds()) {
        assertThat(local.atZone(ZoneId.of(zone)).toInstant()).isBeforeOrEqualTo(time);
      }
    }
  }
}
