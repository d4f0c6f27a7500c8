package io.umbel.tools.issues.tracker;

import java.util.Map;
import java.util.function.BiFunction;

/**
 * A kind of tracker on another server.
 *
 * @param type as trackers are told apart by
 * @param form what has to be said of one, and how
 * @param maker makes the tracker at the other end of a connection
 */
public record RemoteKind(String type, Form form, BiFunction<Connection, TrackerWeb, Remote> maker) {

  /**
   * What has to be said of a tracker of that kind.
   *
   * @param usualUrl of its API where nothing is said, or null where it has to be said
   * @param project what the identifier of a project looks like
   * @param details what may be said in {@code connection_details}, by name
   * @param app what of it an {@code auth_type} of {@code github_app} needs; empty where the kind
   *     knows no such thing
   */
  public record Form(
      String usualUrl, Word project, Map<String, Word> details, java.util.Set<String> app) {}

  /**
   * What a text has to look like.
   *
   * @param regex that matches all of it
   * @param expected the words for it, as in "has to be …"
   */
  public record Word(String regex, String expected) {

    /** Whether a value of JSON, a text or a number, is one. */
    public boolean fits(Object value) {
      return (value instanceof String || value instanceof Integer)
          && String.valueOf(value).matches(regex);
    }
  }
}
