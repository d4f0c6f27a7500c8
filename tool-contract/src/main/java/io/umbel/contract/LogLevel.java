package io.umbel.contract;

import java.util.Locale;

/** How severe a log line to the client is, as RFC 5424 orders them, least severe first. */
public enum LogLevel {
  DEBUG,
  INFO,
  NOTICE,
  WARNING,
  ERROR,
  CRITICAL,
  ALERT,
  EMERGENCY;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As the wire spells it. */
  public String word() {
    return word;
  }

  /** The level of that word, or null. */
  public static LogLevel of(String word) {
    for (var level : values()) {
      if (level.word.equals(word)) {
        return level;
      }
    }
    return null;
  }
}
