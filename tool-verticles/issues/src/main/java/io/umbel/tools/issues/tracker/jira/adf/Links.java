package io.umbel.tools.issues.tracker.jira.adf;

import java.util.Locale;
import java.util.regex.Pattern;

/** Where links may go: elsewhere in the web, or to a person as Jira knows them. */
final class Links {

  /** In Markdown a mention is a link to this and the person's account id. */
  static final String PERSON = "accountid:";

  private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*):.*", Pattern.DOTALL);
  private static final Pattern KNOWN = Pattern.compile("https?|mailto|tel|ftp|accountid");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}]");

  private Links() {}

  /** Whether a link may go there: nowhere that a browser would run. */
  static boolean isSafe(String url) {
    if (url == null || url.isBlank() || CONTROL.matcher(url).find()) {
      return false;
    }
    var scheme = SCHEME.matcher(url.strip().toLowerCase(Locale.ROOT));
    return !scheme.matches() || KNOWN.matcher(scheme.group(1)).matches();
  }

  static boolean isPerson(String url) {
    return url.startsWith(PERSON) && url.length() > PERSON.length();
  }
}
