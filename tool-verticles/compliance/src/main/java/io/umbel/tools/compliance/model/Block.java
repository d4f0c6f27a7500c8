package io.umbel.tools.compliance.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.umbel.tools.compliance.rules.IssueText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An issue as material: between two lines that do not occur in it, so that nothing in it can end
 * it.
 *
 * @param mark either of these lines
 * @param text all of it, marks included
 */
record Block(String mark, String text) {

  private static final int DIGITS = 16;

  static Block of(IssueText issue) {
    var inside = "Title: %s\nLabels: %s\nEstimate: %s\nDescription:\n%s"
        .formatted(
            issue.title().replaceAll("\\R", " "),
            String.join(", ", issue.labels()),
            issue.estimate(),
            issue.description());
    var mark = mark(inside);
    return new Block(mark, mark + "\n" + inside + "\n" + mark);
  }

  /** The same for the same text, so that the same question is asked of it. */
  private static String mark(String inside) {
    var seed = inside;
    while (true) {
      seed = sha256(seed);
      var mark = "=====" + seed.substring(0, DIGITS) + "=====";
      if (!inside.contains(mark)) {
        return mark;
      }
    }
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
