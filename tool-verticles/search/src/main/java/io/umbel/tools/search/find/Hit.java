package io.umbel.tools.search.find;

import java.util.UUID;

/**
 * Something that was found.
 *
 * @param isComment whether it is a comment; an issue otherwise
 * @param id its id
 * @param issue the issue that it is, or that it is a comment of
 * @param similarity how well it fits, 0 to 1
 */
record Hit(boolean isComment, UUID id, UUID issue, double similarity) {

  Hit with(double other) {
    return new Hit(isComment, id, issue, other);
  }
}
