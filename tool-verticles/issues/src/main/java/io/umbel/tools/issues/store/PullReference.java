package io.umbel.tools.issues.store;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What somebody wrote to mean a pull request: its URL, {@code acme/web#12}, or {@code acme/web!12}
 * as GitLab writes merge requests.
 *
 * @param project the identifier of the project it is in
 * @param number its number there
 * @param types the kinds of trackers that it can be in
 * @param isCertain whether it can be nothing else: an issue may be written with a # too
 */
public record PullReference(String project, String number, Set<String> types, boolean isCertain) {

  /** The kinds of trackers that have pull requests. */
  public static final Set<String> TYPES = Set.of("github", "gitlab");

  private static final int LONGEST = 1024;
  private static final String GITHUB = "github";
  private static final String GITLAB = "gitlab";
  private static final Pattern PULL =
      Pattern.compile("https?://[^/]+/([^/]+/[^/]+)/pulls?/(\\d{1,18})(/.*)?");
  private static final Pattern MERGE_REQUEST =
      Pattern.compile("https?://[^/]+/(.+?)/-/merge_requests/(\\d{1,18})(/.*)?");
  private static final Pattern KEY = Pattern.compile("([^\\s#!:]+/[^\\s#!:]+)([#!])(\\d{1,18})");

  /** What that text means; nothing where it can be no pull request. */
  public static Optional<PullReference> of(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    var key = KEY.matcher(text.strip());
    if (key.matches()) {
      var isMerge = key.group(2).equals("!");
      var types = isMerge ? Set.of(GITLAB) : TYPES;
      return Optional.of(new PullReference(key.group(1), key.group(3), types, isMerge));
    }
    var bare = text.strip().replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
    var pull = PULL.matcher(bare);
    if (pull.matches()) {
      return Optional.of(new PullReference(pull.group(1), pull.group(2), Set.of(GITHUB), true));
    }
    var merge = MERGE_REQUEST.matcher(bare);
    return merge.matches()
        ? Optional.of(new PullReference(merge.group(1), merge.group(2), Set.of(GITLAB), true))
        : Optional.empty();
  }

  /**
   * The pull request that is meant.
   *
   * @throws Refused where it can be none
   */
  public static PullReference needed(String text) {
    return of(text)
        .orElseThrow(() -> Refused.invalid("\"" + Refused.shown(text)
            + "\" is no pull request: give its URL, or its key as in acme/web#12 (acme/web!12 on"
            + " GitLab)"));
  }

  /** As people write it. */
  public String key() {
    return project + (types.equals(Set.of(GITLAB)) ? "!" : "#") + number;
  }
}
