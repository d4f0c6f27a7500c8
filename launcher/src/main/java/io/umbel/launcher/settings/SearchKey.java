package io.umbel.launcher.settings;

import static io.umbel.launcher.settings.Kind.form;
import static io.umbel.launcher.settings.Kind.secret;
import static io.umbel.launcher.settings.Kind.text;

/** The part of the table that is about search. */
public final class SearchKey {

  public static final Key EMBEDDINGS_URL = Key.key(
      "umbel.search.embeddings.url",
      form("https?://[^\\s?#@]+", "a URL such as https://api.openai.com/v1"),
      "",
      "The OpenAI-compatible server that says what texts mean; where absent, search goes by words.");
  public static final Key EMBEDDINGS_MODEL = Key.key(
      "umbel.search.embeddings.model",
      text(),
      "text-embedding-3-small",
      "Which of its models; with another one all texts are sent to it again.");
  public static final Key EMBEDDINGS_KEY = Key.key(
      "umbel.search.embeddings.key",
      secret(1),
      "",
      "What it is told as a bearer token; nothing where absent.");

  private SearchKey() {}

  /** Has this class initialized, and so its keys in the table. */
  static void register() {}
}
