package io.umbel.tools.issues.tracker.github;

import io.vertx.core.Future;

/** What opens GitHub: a token that somebody made, or one that an app is given for an hour. */
interface Credentials {

  /** The token to send now. */
  Future<String> token();

  /** Asks for another token the next time. */
  default void forget() {}

  /** Whether they are an app's, which is no user. */
  default boolean isApp() {
    return false;
  }
}
