package io.umbel.tools.issues.tracker.jira.adf;

import io.vertx.core.json.JsonObject;

/**
 * Texts in the Atlassian Document Format, version 1
 * (developer.atlassian.com/cloud/jira/platform/apis/document/structure), and the Markdown
 * (GitHub's) that says the same. Both ways are bounded in depth: what lies deeper keeps its text.
 */
public final class Adf {

  private Adf() {}

  /** A document; what Jira has no place for keeps its text. */
  public static JsonObject of(String markdown) {
    return new Blocks(markdown).document();
  }

  /** Markdown; nodes that it cannot say keep their text. */
  public static String toMarkdown(JsonObject document) {
    return new Reading().markdown(document);
  }
}
