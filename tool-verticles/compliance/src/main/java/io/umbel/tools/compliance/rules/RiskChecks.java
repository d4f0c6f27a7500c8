package io.umbel.tools.compliance.rules;

import java.util.function.Function;

/** How many words of risk an issue has, and whether it says what is done about them. */
final class RiskChecks {

  static final Check COMPLEXITY = Check.of(
      "Technical Complexity",
      "Technical Complexity",
      "Say how the change is made step by step or taken back: a feature flag, a rollback, a spike.",
      look(
          "migrat+|refactor*|concurren+|distributed|cluster*|legacy|schema change|breaking change"
              + "|backward.compat*|backwardcompat*|multi-tenant|multitenant|race condition|deadlock"
              + "|rewrite",
          "feature flag|rollback|roll back|incremental|spike|benchmark|canary|backup"));
  static final Check IMPACT = Check.of(
      "User Impact",
      "User Impact",
      "Say how users are kept from harm: a staged roll-out, a rollback, an announcement.",
      look(
          "all users|every user|production|outage|downtime|data loss|customers|customer|billing"
              + "|payments|payment|sla",
          "rollback|roll back|canary|feature flag|announce*|maintenance window|staged"));
  static final Check SECURITY = Check.of(
      "Security",
      "Security",
      "Say how it is kept secure: a threat model, a review, validation, least privilege, an audit.",
      look(
          "auth*|passwords|password|tokens|token|secrets|secret|permissions|permission|privileges"
              + "|privilege|encrypt*|injection|xss|csrf|ssrf|pii|credentials|credential"
              + "|deserializ+|path traversal",
          "threat model|security review|redact*|least privilege|rate limit*|audit*|validat+"
              + "|sanitiz+|escap+"));

  private RiskChecks() {}

  private static Function<Reading, Score> look(String risks, String remedies) {
    var risk = Phrases.of(risks);
    var remedy = Phrases.of(remedies);
    return reading -> score(text(reading), risk, remedy);
  }

  private static Score score(String text, Phrases risk, Phrases remedy) {
    var found = risk.allIn(text);
    var eased = remedy.in(text);
    double share = Math.min(1, found.size() / 4.0);
    var score = Score.of(Score.hundredths(Math.max(0, 1 - share * (eased ? .5 : 1))));
    return found.isEmpty()
        ? score.because("no risk words found")
        : score.because("risk words: " + String.join(", ", found) + (eased ? "; eased" : ""));
  }

  /** All of it, code and headings too. */
  private static String text(Reading reading) {
    var issue = reading.issue();
    return Line.lower(issue.title() + "\n" + Outline.withoutComments(issue.description()));
  }
}
