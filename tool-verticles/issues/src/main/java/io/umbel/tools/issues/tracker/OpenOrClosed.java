package io.umbel.tools.issues.tracker;

import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Status;
import io.umbel.tools.issues.tracker.Tracker.Placed;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The two states of an issue on GitHub and GitLab, as words that people ask for mean them.
 *
 * @param isOpen or closed
 * @param reason that GitHub may be told for closing, or null
 */
public record OpenOrClosed(boolean isOpen, String reason) {

  private static final String OPEN = "open";
  private static final String CLOSED = "closed";
  private static final List<String> STATUSES = List.of(OPEN, CLOSED);
  private static final OpenOrClosed OPENED = new OpenOrClosed(true, null);
  private static final Map<String, OpenOrClosed> MEANT = Map.ofEntries(
      Map.entry(OPEN, OPENED),
      Map.entry("opened", OPENED),
      Map.entry("reopened", OPENED),
      Map.entry("todo", OPENED),
      Map.entry("new", OPENED),
      Map.entry(CLOSED, new OpenOrClosed(false, null)),
      Map.entry("done", new OpenOrClosed(false, "completed")),
      Map.entry("resolved", new OpenOrClosed(false, "completed")),
      Map.entry("completed", new OpenOrClosed(false, "completed")),
      Map.entry("wontfix", new OpenOrClosed(false, "not_planned")),
      Map.entry("not_planned", new OpenOrClosed(false, "not_planned")),
      Map.entry("duplicate", new OpenOrClosed(false, "duplicate")));

  /**
   * What that status means here; one without a word is open.
   *
   * @throws Refused if it is neither
   */
  public static OpenOrClosed of(Status status) {
    if (status.word() == null) {
      return OPENED;
    }
    var word = status.word().strip().toLowerCase(Locale.ROOT).replaceAll("[ -]", "_");
    var meant = MEANT.get(word);
    if (meant == null) {
      throw Refused.notOneOf("status", status.word(), STATUSES);
    }
    return meant;
  }

  /**
   * The status of an issue.
   *
   * @param original what its tracker says of it where that is more or another word, or null
   */
  public Status status(String original) {
    return isOpen ? new Status(OPEN, "todo", original) : new Status(CLOSED, "done", original);
  }

  /** Whether an issue stands there already. */
  public boolean is(Status status) {
    return isOpen == OPEN.equals(status.word());
  }

  /** An issue that was to be closed as soon as it was made, and is not. */
  public static Placed unclosed(Placed made, Throwable why) {
    var note = "It is open, since it could not be closed: " + why.getMessage();
    return new Placed(made.externalId(), made.key(), made.url(), made.taken(), note);
  }
}
