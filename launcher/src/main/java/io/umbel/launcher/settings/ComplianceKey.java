package io.umbel.launcher.settings;

import static io.umbel.launcher.settings.Kind.text;

/** The part of the table that is about compliance. */
public final class ComplianceKey {

  public static final Key METRICS = Key.key(
      "umbel.compliance.metrics",
      text(),
      "",
      "File (YAML) with metrics of your own, beside DoR, INVEST and Risk.");

  private ComplianceKey() {}

  /** Has this class initialized, and so its keys in the table. */
  static void register() {}
}
