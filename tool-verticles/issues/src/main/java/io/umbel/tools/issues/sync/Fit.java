package io.umbel.tools.issues.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.tracker.Remote.Copied;
import io.umbel.tools.issues.tracker.Remote.CopiedComment;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What of a tracker's issues can be kept. Nothing is cut: a text that was, and is written back one
 * day, would destroy the rest of it in the tracker.
 */
final class Fit {

  private static final int TITLE = 1024;
  private static final int DESCRIPTION = 100_000;
  private static final int LABELS = 50;
  private static final int LABEL = 100;
  private static final int COMMENT = 65_536;
  private static final int ID = 255;

  private Fit() {}

  /** Why that cannot be kept, or null where it can. */
  static String wrong(Copied copied) {
    var fields = copied.placed().taken();
    if (isNoId(copied.placed().externalId()) || isNoId(copied.placed().key())) {
      return "It has no id, or one of more than " + ID + " characters";
    }
    if (isNoTime(copied.origin().createdAt()) || isNoTime(copied.origin().updatedAt())) {
      return "Its times cannot be read";
    }
    return wrong(fields);
  }

  private static String wrong(Fields fields) {
    if (fields.title().isBlank()) {
      return "It has no title";
    }
    if (length(fields.title()) > TITLE) {
      return tooLong("title", length(fields.title()), TITLE);
    }
    if (length(fields.description()) > DESCRIPTION) {
      return tooLong("description", length(fields.description()), DESCRIPTION);
    }
    if (fields.labels().size() > LABELS) {
      return "It has " + fields.labels().size() + " labels, and " + LABELS + " are kept at most";
    }
    return fields.labels().stream().anyMatch(label -> length(label) > LABEL)
        ? "A label of it has more than " + LABEL + " characters"
        : null;
  }

  /** The same for a comment. */
  static String wrong(CopiedComment comment) {
    if (comment.body().isEmpty()) {
      return "A comment of it has no text";
    }
    if (length(comment.body()) > COMMENT) {
      return tooLong("comment", length(comment.body()), COMMENT);
    }
    return isNoTime(comment.createdAt()) || isNoTime(comment.updatedAt())
        ? "The times of a comment of it cannot be read"
        : null;
  }

  /** Without what PostgreSQL cannot keep: zeros and half characters. */
  static String clean(String text) {
    if (text == null) {
      return null;
    }
    return new String(text.getBytes(UTF_8), UTF_8).replace("\0", "");
  }

  private static String tooLong(String what, int length, int most) {
    return "Its " + what + " has " + length + " characters, and " + most
        + " are kept at most: shorten it in the tracker";
  }

  private static boolean isNoId(String text) {
    return text == null || text.isEmpty() || length(text) > ID;
  }

  private static boolean isNoTime(String text) {
    try {
      Instant.parse(text);
      return false;
    } catch (DateTimeException | NullPointerException e) {
      return true;
    }
  }

  /** In characters as PostgreSQL counts them. */
  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
