package io.umbel.tools.issues.tracker;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How a test has issues of a tracker made and changed: with the arguments of the tools, and what
 * {@code get_issue} tells in answer. A refusal is thrown as
 * {@link io.umbel.tools.issues.store.Refused}.
 */
public interface Hands {

  /** As {@code create_issue}; the whole issue. */
  JsonObject create(JsonObject arguments);

  /** As {@code update_issue}; the whole issue. */
  JsonObject update(String key, JsonObject arguments);

  /** As {@code add_comment}; at least its {@code url}. */
  JsonObject comment(String key, JsonObject arguments);

  /** As {@code link_issues}. */
  void link(String key, String related, String relation);

  /** The texts of all that was answered or refused so far. */
  List<String> said();
}
