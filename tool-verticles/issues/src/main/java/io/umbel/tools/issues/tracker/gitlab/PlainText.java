package io.umbel.tools.issues.tracker.gitlab;

import java.util.regex.Pattern;

/**
 * Text that GitLab takes as text. A line such as {@code /close} or {@code /merge} in a comment or a
 * description is an order there, carried out with the rights of the token
 * (docs.gitlab.com/user/project/quick_actions): whoever gets an agent to quote them would give it
 * orders that nobody here was asked for. A backslash before it makes it text, and is not seen where
 * it is read as Markdown.
 */
final class PlainText {

  private static final Pattern ORDER = Pattern.compile("(?m)^([ \\t]*)/(?=[A-Za-z_]+(\\s|$))");

  private PlainText() {}

  /** That text, in which nothing is an order. */
  static String of(String text) {
    return ORDER.matcher(text).replaceAll("$1\\\\/");
  }
}
