package io.umbel.tools.issues.tracker;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** A unified diff that is put together file by file, up to a bound. */
public final class DiffText {

  private final StringBuilder text = new StringBuilder();
  private final int most;
  private long bytes;
  private boolean isCut;

  /** One of at most so many bytes in UTF-8. */
  public DiffText(int most) {
    this.most = most;
  }

  /**
   * Adds a file.
   *
   * @param before its path before, or null where it is new
   * @param after its path now, or null where it is gone
   * @param hunks what changed, or null where that is not told
   */
  public void add(String before, String after, String hunks) {
    var from = before == null ? after : before;
    var to = after == null ? before : after;
    line("diff --git a/" + from + " b/" + to);
    line("--- " + (before == null ? "/dev/null" : "a/" + before));
    line("+++ " + (after == null ? "/dev/null" : "b/" + after));
    if (hunks == null) {
      isCut = true;
    } else {
      hunks.lines().forEach(this::line);
    }
  }

  /** Whether more of it would not be kept. */
  public boolean isFull() {
    return bytes >= most;
  }

  /** There is more than was given. */
  public void cut() {
    isCut = true;
  }

  /** As {@code get_pull_request} tells it. */
  public JsonObject toJson() {
    return JsonObject.of("diff", text.toString(), "truncated", isCut);
  }

  private void line(String line) {
    var size = line.getBytes(StandardCharsets.UTF_8).length + 1;
    if (bytes + size > most) {
      isCut = true;
      bytes = most;
    } else {
      text.append(line).append('\n');
      bytes += size;
    }
  }
}
