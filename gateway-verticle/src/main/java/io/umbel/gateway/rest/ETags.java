package io.umbel.gateway.rest;

import java.util.Arrays;

/**
 * Versions as HTTP has them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1">RFC 9110, If-Match</a>
 */
final class ETags {

  private ETags() {}

  static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * Throws {@link Problem} unless the client knows the version that is there. A weak tag never
   * matches.
   */
  static void check(String ifMatch, long version, String path) {
    var here = of(version);
    if (Arrays.stream(ifMatch.split(",", -1))
        .map(String::strip)
        .noneMatch(tag -> tag.equals("*") || tag.equals(here))) {
      throw Problem.stale(here, path);
    }
  }
}
