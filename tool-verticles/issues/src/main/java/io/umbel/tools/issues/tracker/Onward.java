package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.tracker.Remote.Since;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * How far a list has been read that grows at its end while it is read: by what changed first first.
 * The next page begins where the last one ended, by time and not by number, so that nothing moves
 * into a page that was read before. Only where a whole page changed at the same moment is it
 * counted on, and then the page before is looked at again.
 *
 * @param since RFC 3339 in UTC and whole seconds, or null for the beginning
 * @param page 1 for the first one since then
 * @param last the id of the last entry on the page before, or null on the first
 */
public record Onward(String since, int page, String last) {

  private static final Pattern TOLD =
      Pattern.compile("([0-9TZ:.-]{10,40})?\\|(\\d{1,6})\\|([A-Za-z0-9]{1,40})?");

  /** From there. */
  public static Onward of(Since since) {
    if (since.next() == null) {
      return new Onward(moment(since.updated()), 1, null);
    }
    var told = TOLD.matcher(since.next());
    if (!told.matches()) {
      throw Refused.invalid("That is no place where a list of changes goes on: begin anew");
    }
    return new Onward(moment(told.group(1)), Integer.parseInt(told.group(2)), told.group(3));
  }

  /**
   * What is next after a page that was full.
   *
   * @param updated when the last of its entries changed
   * @param id of that one
   */
  public Onward after(String updated, String id) {
    // Whether "since" is meant with that moment or without it differs, so a second is read twice.
    var from = Instant.parse(updated).minusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    return since == null || from.isAfter(Instant.parse(since))
        ? new Onward(from.toString(), 1, null)
        : new Onward(since, page + 1, id);
  }

  /** The same from its beginning: what was counted is not there any more. */
  public Onward again() {
    return new Onward(since, 1, null);
  }

  /** As {@link Since} takes it. */
  @Override
  public String toString() {
    return (since == null ? "" : since) + "|" + page + "|" + (last == null ? "" : last);
  }

  private static String moment(String text) {
    try {
      return text == null
          ? null
          : Instant.parse(text).truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (DateTimeException e) {
      throw Refused.invalid("\"" + Refused.shown(text) + "\" is no moment in UTC");
    }
  }
}
