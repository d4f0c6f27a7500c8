package io.umbel.tools.issues.store;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What somebody wrote to mean an issue: a URL, a key, the end of a key, or an id. Read here, looked
 * up in {@link IssueRows}, in the order: exact URL, URL without query, fragment and trailing slash,
 * key parsed from the URL, exact key, id, end of a key.
 */
public record Reference(String text) {

  private static final int LONGEST = 1024;
  private static final Pattern ISSUE =
      Pattern.compile("https?://[^/]+/(.+?)/(?:-/)?issues/(\\d{1,18})");
  private static final Pattern MERGE_REQUEST =
      Pattern.compile("https?://[^/]+/(.+?)/-/merge_requests/(\\d{1,18})");
  private static final Pattern PULL = Pattern.compile("https?://[^/]+/(.+?)/pull/(\\d{1,18})");
  private static final Pattern BROWSE =
      Pattern.compile("https?://.+/browse/([A-Za-z][A-Za-z0-9_]*-\\d{1,18})");
  private static final Pattern OWN = Pattern.compile("umbel://[^/]+/([A-Za-z0-9_]+-\\d{1,18})");

  /**
   * Of that text.
   *
   * @throws Refused if it is empty or longer than any of them is
   */
  public Reference {
    text = text.strip();
    if (text.isEmpty()) {
      throw Refused.invalid("An issue is needed: its URL, its key or its id");
    }
    if (text.length() > LONGEST) {
      throw Refused.invalid("No URL, key or id of an issue is longer than 1024 characters");
    }
  }

  /** The text without query, fragment and trailing slash. */
  public String bare() {
    return text.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
  }

  /** The key that a URL ends in, or null; that of a merge request is no issue's. */
  public String keyInUrl() {
    var bare = bare();
    var issue = ISSUE.matcher(bare);
    if (issue.matches()) {
      return issue.group(1) + "#" + issue.group(2);
    }
    var pull = PULL.matcher(bare);
    if (pull.matches()) {
      return pull.group(1) + "#" + pull.group(2);
    }
    var merge = MERGE_REQUEST.matcher(bare);
    if (merge.matches()) {
      return merge.group(1) + "!" + merge.group(2);
    }
    for (var pattern : new Pattern[] {BROWSE, OWN}) {
      var named = pattern.matcher(bare);
      if (named.matches()) {
        return named.group(1);
      }
    }
    return null;
  }

  /** The id that the text is, or null. */
  public UUID id() {
    try {
      return text.length() == 36 ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException notAnId) {
      return null;
    }
  }

  /** What the reverse of a key that ends so is like, in SQL. */
  String endPattern() {
    var reversed = new StringBuilder(text.toLowerCase(Locale.ROOT)).reverse().toString();
    return reversed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  /** Whether what stands before it in a key may be a letter or digit: {@code 2} is no end of 12. */
  boolean beginsWithSign() {
    return !Character.isLetterOrDigit(text.charAt(0));
  }
}
