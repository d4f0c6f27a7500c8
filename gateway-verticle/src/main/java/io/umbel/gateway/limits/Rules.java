package io.umbel.gateway.limits;

import java.util.List;
import java.util.stream.Stream;

/** How often a client may ask for what; the first rule that fits decides. Immutable. */
public final class Rules {

  /** What each has to be, as a refusal says it. */
  public static final String EXPECTED = "rules such as `tools/call:search 20/60s burst 20`, "
      + "`tools/list 60/1m` or `* unlimited`: what is asked, how often in how long, how many at once";

  /** What ships: an agent can work, and a loop that ran away cannot harm. */
  public static final String USUAL = "* 600/60s burst 100";

  /** What has no answer of its own: a client that is cancelling must not be stopped. */
  public static final String NOTIFICATIONS = "notifications";

  /** Requests of methods that do not exist. */
  static final String UNKNOWN = "unknown";

  /** Nothing is limited. */
  public static final Rules NONE = new Rules(List.of());

  private static final Rule REQUESTS = Rule.of(USUAL);
  private static final Rule NOTICES = Rule.of(NOTIFICATIONS + " 6000/60s burst 1000");

  private final List<Rule> rules;

  private Rules(List<Rule> rules) {
    this.rules = rules;
  }

  /** Whether that is a rule. */
  public static boolean isRule(String text) {
    return Rule.isRule(text);
  }

  /** These rules, and the usual ones for what none of them is about. */
  public static Rules of(List<String> texts) {
    return new Rules(Stream.concat(texts.stream().map(Rule::of), Stream.of(NOTICES, REQUESTS))
        .toList());
  }

  /**
   * How often that may be asked.
   *
   * @param method an MCP method, or {@link #NOTIFICATIONS}, to which {@code *} does not apply
   * @param tool of {@code tools/call}, else null
   */
  Rate of(String method, String tool) {
    var notices = method.equals(NOTIFICATIONS);
    for (var rule : rules) {
      if (rule.fits(method, tool) && !(notices && rule.method().equals("*"))) {
        return rule.rate();
      }
    }
    return Rate.UNLIMITED;
  }
}
