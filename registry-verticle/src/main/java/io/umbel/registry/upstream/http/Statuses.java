package io.umbel.registry.upstream.http;

import io.umbel.registry.upstream.UpstreamFailure;
import io.umbel.registry.upstream.UpstreamFailure.Reason;
import io.vertx.core.http.HttpClientResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** What statuses of HTTP mean that are no answers of MCP. */
final class Statuses {

  private static final long LONGEST_WAIT_MILLIS = Duration.ofDays(1).toMillis();

  private Statuses() {}

  /** Why there is no answer, or null where there is one. */
  static UpstreamFailure failure(HttpClientResponse answer) {
    var status = answer.statusCode();
    if (status == 401) {
      return new UpstreamFailure(
          Reason.CREDENTIALS, "The server does not take Umbel's credentials (HTTP 401)", false);
    }
    if (status == 403) {
      return new UpstreamFailure(
          Reason.CREDENTIALS,
          "The server does not let Umbel in with these credentials (HTTP 403)",
          false);
    }
    var wait = wait(answer.getHeader("Retry-After"));
    if (status == 429 || (status == 503 && wait > 0)) {
      var text = "The server asks to be left alone for a while (HTTP " + status + ")";
      return new UpstreamFailure(Reason.OVERLOADED, text, false, wait);
    }
    if (status >= 502) {
      var text = "The server has trouble of its own (HTTP " + status + ")";
      return new UpstreamFailure(Reason.OVERLOADED, text, true, wait);
    }
    return null;
  }

  /** For a status that came without anything that explains it. */
  static UpstreamFailure unexplained(int status) {
    return status >= 500
        ? new UpstreamFailure(
            Reason.OVERLOADED, "The server has trouble of its own (HTTP " + status + ")", true)
        : new UpstreamFailure(
            Reason.GARBAGE,
            "The server answered with HTTP status " + status + " and no MCP",
            false);
  }

  /** Seconds, or a date. */
  private static long wait(String header) {
    if (header == null) {
      return 0;
    }
    var text = header.strip();
    long millis;
    if (text.matches("\\d{1,9}")) {
      millis = Long.parseLong(text) * 1_000;
    } else {
      millis = until(text);
    }
    return Math.max(0, Math.min(millis, LONGEST_WAIT_MILLIS));
  }

  private static long until(String date) {
    try {
      var then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Duration.between(Instant.now(), then).toMillis();
    } catch (DateTimeException e) {
      return 0;
    }
  }
}
