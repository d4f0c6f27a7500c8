package io.umbel.tools.compliance.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What of an issue is looked at.
 *
 * @param title its title
 * @param description its description, in Markdown
 * @param labels its labels
 * @param estimate its estimate, as its tracker has it; empty for none
 */
public record IssueText(String title, String description, List<String> labels, String estimate) {

  /** The most that is looked at of a title and of a description, in bytes of UTF-8. */
  public static final int MOST_BYTES = 64 * 1024;

  public IssueText {
    title = title == null ? "" : title;
    description = description == null ? "" : description;
    labels = List.copyOf(labels);
    estimate = estimate == null ? "" : estimate;
  }

  /** As much of it as is looked at. */
  public IssueText bounded() {
    return new IssueText(bounded(title), bounded(description), labels, estimate);
  }

  /** The same with another description. */
  public IssueText describedAs(String other) {
    return new IssueText(title, other, labels, estimate);
  }

  /** Whether all of the description is looked at. */
  public boolean fits() {
    return bytes(description, description.length()) <= MOST_BYTES;
  }

  /** SHA-256 over all that an estimate depends on, in hexadecimal digits. */
  public String hash() {
    var digest = sha256();
    add(digest, title);
    add(digest, description);
    labels.forEach(label -> add(digest, label));
    add(digest, estimate);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Before each part its length, so that no two lists of parts are the same bytes. */
  private static void add(MessageDigest digest, String part) {
    var bytes = part.getBytes(UTF_8);
    digest.update((bytes.length + ":").getBytes(UTF_8));
    digest.update(bytes);
  }

  private static String bounded(String text) {
    int end = 0;
    int bytes = 0;
    while (end < text.length()) {
      int next = text.codePointAt(end);
      bytes += width(next);
      if (bytes > MOST_BYTES) {
        return text.substring(0, end);
      }
      end += Character.charCount(next);
    }
    return text;
  }

  private static int bytes(String text, int end) {
    int bytes = 0;
    for (int at = 0; at < end; at += Character.charCount(text.codePointAt(at))) {
      bytes += width(text.codePointAt(at));
    }
    return bytes;
  }

  private static int width(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
