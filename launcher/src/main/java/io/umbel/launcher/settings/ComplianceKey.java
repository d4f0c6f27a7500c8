package io.umbel.launcher.settings;

import static io.umbel.launcher.settings.Kind.form;
import static io.umbel.launcher.settings.Kind.hidden;
import static io.umbel.launcher.settings.Kind.text;
import static io.umbel.launcher.settings.Kind.whole;

/** The part of the table that is about compliance. */
public final class ComplianceKey {

  public static final Key METRICS = Key.key(
      "umbel.compliance.metrics",
      text(),
      "",
      "File (YAML) with metrics of your own, beside DoR, INVEST and Risk.");

  public static final Key MODEL_URL = Key.key(
      "umbel.compliance.model.url",
      form("https?://[^\\s?#@]+", "a URL such as https://api.example.com/v1"),
      "",
      "A language model that judges too: what `/chat/completions` comes after; none is asked where"
          + " absent.");
  public static final Key MODEL_NAME = Key.key(
      "umbel.compliance.model.name",
      text(),
      "",
      "What that server calls the model; has to be there where a URL is.");
  public static final Key MODEL_KEY = Key.key(
      "umbel.compliance.model.key",
      hidden("\\S+", "a key without spaces"),
      "",
      "What opens that server; no key is sent where absent.");
  public static final Key MODEL_TIMEOUT = Key.key(
      "umbel.compliance.model.timeout.ms",
      whole(1000, 110000),
      "30000",
      "How long one answer of the model is waited for.");
  public static final Key MODEL_CONCURRENCY = Key.key(
      "umbel.compliance.model.concurrency",
      whole(1, 64),
      "4",
      "How many questions are open at the model at once, from one node.");
  public static final Key MODEL_TOKENS = Key.key(
      "umbel.compliance.model.daily.tokens",
      whole(1, 2000000000),
      "1000000",
      "How many tokens of the model an account may use on one day (UTC), on all nodes together.");

  private ComplianceKey() {}

  /** Has this class initialized, and so its keys in the table. */
  static void register() {}
}
