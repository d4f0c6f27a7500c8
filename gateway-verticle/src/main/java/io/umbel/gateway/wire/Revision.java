package io.umbel.gateway.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The revisions of the Model Context Protocol that this gateway speaks, oldest first. */
public enum Revision {
  V2024_11_05("2024-11-05"),
  V2025_03_26("2025-03-26"),
  V2025_06_18("2025-06-18"),
  V2025_11_25("2025-11-25"),
  V2026_07_28("2026-07-28");

  /** The newest revision with sessions: what an unknown request to initialize is answered with. */
  public static final Revision NEWEST_WITH_SESSIONS = V2025_11_25;

  private final String text;

  Revision(String text) {
    this.text = text;
  }

  /** As the wire spells it. */
  public String text() {
    return text;
  }

  /** Whether it is stateless: every request says all there is to know. */
  public boolean isStateless() {
    return this == V2026_07_28;
  }

  public static Optional<Revision> of(String text) {
    return Arrays.stream(values())
        .filter(revision -> revision.text.equals(text))
        .findFirst();
  }

  /** The stateless ones, as {@code server/discover} lists them. */
  public static List<String> stateless() {
    return Arrays.stream(values())
        .filter(Revision::isStateless)
        .map(Revision::text)
        .toList();
  }

  /** All, newest first. */
  public static List<String> newestFirst() {
    return Arrays.stream(values())
        .sorted(java.util.Comparator.reverseOrder())
        .map(Revision::text)
        .toList();
  }
}
