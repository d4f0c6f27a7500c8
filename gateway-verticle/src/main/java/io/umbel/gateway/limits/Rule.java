package io.umbel.gateway.limits;

import io.umbel.gateway.wire.McpMethod;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule of {@code rate.limit.rules}: what it is about, and how often that may be asked.
 *
 * @param method an MCP method, {@code *} for all requests, {@code unknown} for those that no method
 *     has, or {@code notifications}
 * @param tool of {@code tools/call}, or null for all tools
 * @param rate how often
 */
record Rule(String method, String tool, Rate rate) {

  private static final Pattern FORM = Pattern.compile(
      "(?<method>\\*|[A-Za-z][A-Za-z/_-]{0,63})(:(?<tool>[^\\s,]{1,256}))? +"
          + "(unlimited|(?<count>\\d{1,6})/(?<period>[1-9]\\d{0,5})(?<unit>ms|s|m|h)( +burst (?<burst>\\d{1,6}))?)");

  private static final Set<String> OTHERS = Set.of("*", Rules.NOTIFICATIONS, Rules.UNKNOWN);

  /** Whether that is a rule. */
  static boolean isRule(String text) {
    var parts = FORM.matcher(text.strip());
    return parts.matches()
        && isMethod(parts.group("method"))
        && (parts.group("tool") == null || parts.group("method").equals("tools/call"))
        && (parts.group("count") == null || rate(parts).isSound());
  }

  /**
   * The rule that a text means.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Rule of(String text) {
    var parts = FORM.matcher(text.strip());
    if (!isRule(text) || !parts.matches()) {
      throw new IllegalArgumentException("no rule: " + text);
    }
    var rate = parts.group("count") == null ? Rate.UNLIMITED : rate(parts).toRate();
    return new Rule(parts.group("method"), parts.group("tool"), rate);
  }

  /** Whether it is about requests of that kind. */
  boolean fits(String asked, String askedTool) {
    return (method.equals("*") || method.equals(asked)) && (tool == null || tool.equals(askedTool));
  }

  private static boolean isMethod(String text) {
    return OTHERS.contains(text) || McpMethod.exists(text);
  }

  private static Numbers rate(Matcher parts) {
    var count = Integer.parseInt(parts.group("count"));
    var burst = parts.group("burst");
    return new Numbers(count, period(parts), burst == null ? count : Integer.parseInt(burst));
  }

  private static Duration period(Matcher parts) {
    var many = Long.parseLong(parts.group("period"));
    return switch (parts.group("unit")) {
      case "ms" -> Duration.ofMillis(many);
      case "s" -> Duration.ofSeconds(many);
      case "m" -> Duration.ofMinutes(many);
      default -> Duration.ofHours(many);
    };
  }

  private record Numbers(int count, Duration period, int burst) {

    /** What is still exact in the numbers of Redis' scripts, and in nanoseconds here. */
    private static final long LONGEST_MICROS = Duration.ofDays(30).toNanos() / 1_000;

    boolean isSound() {
      return count > 0 && burst > 0 && toRate().reachMicros() <= LONGEST_MICROS;
    }

    Rate toRate() {
      return Rate.of(count, period, burst);
    }
  }
}
