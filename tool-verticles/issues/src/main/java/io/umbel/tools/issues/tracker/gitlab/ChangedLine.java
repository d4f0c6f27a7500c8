package io.umbel.tools.issues.tracker.gitlab;

import io.umbel.tools.issues.tracker.Tracker.Line;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/**
 * A line of a changed file as GitLab wants it named: an added one by its number now, a removed one
 * by its number before, and one that is as it was by both (docs.gitlab.com/api/discussions: create
 * a new thread in the merge request diff).
 *
 * @param before its number before the change, or null
 * @param now its number now, or null
 */
record ChangedLine(Integer before, Integer now) {

  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d+)(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@.*");

  /** That line of a file with such a diff. */
  static ChangedLine of(String diff, Line line) {
    var isNow = line.side().equals("RIGHT");
    var wanted = (int) line.number();
    if (diff.isEmpty()) { // GitLab tells no diff that is too long.
      return isNow ? new ChangedLine(null, wanted) : new ChangedLine(wanted, null);
    }
    var at = new ChangedLine(1, 1);
    for (var text : diff.split("\n", -1)) {
      var hunk = HUNK.matcher(text);
      if (hunk.matches()) {
        var next = new ChangedLine(number(hunk.group(1)), number(hunk.group(2)));
        if (next.on(isNow) > wanted) {
          break;
        }
        at = next;
      } else if (isCounted(text)) {
        if (isOn(text, isNow) && at.on(isNow) == wanted) {
          return text.startsWith(" ")
              ? at
              : new ChangedLine(isNow ? null : wanted, isNow ? wanted : null);
        }
        at = new ChangedLine(
            at.before + (text.startsWith("+") ? 0 : 1), at.now + (text.startsWith("-") ? 0 : 1));
      }
    }
    var moved = at.now - at.before;
    return isNow
        ? new ChangedLine(wanted - moved, wanted)
        : new ChangedLine(wanted, wanted + moved);
  }

  /** Says so in a position. */
  JsonObject in(JsonObject position) {
    if (before != null) {
      position.put("old_line", before);
    }
    return now == null ? position : position.put("new_line", now);
  }

  private int on(boolean isNow) {
    return isNow ? now : before;
  }

  private static boolean isCounted(String text) {
    return text.startsWith(" ") || text.startsWith("+") || text.startsWith("-");
  }

  private static boolean isOn(String text, boolean isNow) {
    return !text.startsWith(isNow ? "-" : "+");
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
