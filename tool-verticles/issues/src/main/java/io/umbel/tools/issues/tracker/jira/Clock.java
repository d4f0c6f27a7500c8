package io.umbel.tools.issues.tracker.jira;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Times as JQL takes them: to the minute, and in the time zone of whoever asks, which is what their
 * profile says. What JQL is told is never later than what is meant.
 *
 * @param zone of the credentials' owner; null where Jira does not tell
 */
record Clock(ZoneId zone) {

  private static final DateTimeFormatter JQL = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");

  /** As far as a zone can be behind UTC. */
  private static final int FARTHEST_HOURS = 12;

  /** By what Jira calls the zone. */
  static Clock of(String zone) {
    try {
      return new Clock(zone == null ? null : ZoneId.of(zone));
    } catch (DateTimeException e) {
      return new Clock(null);
    }
  }

  /** That time, or a little before. */
  String jql(Instant time) {
    return JQL.format(local(time.truncatedTo(ChronoUnit.MINUTES)));
  }

  String name() {
    return zone == null ? "" : zone.getId();
  }

  /** An hour that there is twice, or a clock that nobody knows, is gone back behind. */
  private LocalDateTime local(Instant time) {
    if (zone == null) {
      return LocalDateTime.ofInstant(time, ZoneOffset.UTC).minusHours(FARTHEST_HOURS);
    }
    var local = LocalDateTime.ofInstant(time, zone);
    return zone.getRules().getValidOffsets(local).size() == 1 ? local : local.minusHours(2);
  }
}
