package io.umbel.tools.compliance.rules;

import java.util.Locale;

/** What an issue is about, as its labels or its title tell. */
enum Kind {
  BUG,
  FEATURE,
  TASK;

  private static final Phrases BUG_LABELS = Phrases.of("bug|defect|regression|crash");
  private static final Phrases FEATURE_LABELS = Phrases.of("feature|enhancement|story|epic");
  private static final Phrases BUG_TITLES = Phrases.of("bug|crash|crashes|crashed|error|exception"
      + "|fail|fails|failed|failing|failure|broken|regression|not working|doesn't work|doesnt work"
      + "|incorrect|wrong");

  /** Of texts in lower case. */
  static Kind of(String title, String labels) {
    if (BUG_LABELS.in(labels)) {
      return BUG;
    }
    if (FEATURE_LABELS.in(labels)) {
      return FEATURE;
    }
    return BUG_TITLES.in(title) ? BUG : TASK;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
