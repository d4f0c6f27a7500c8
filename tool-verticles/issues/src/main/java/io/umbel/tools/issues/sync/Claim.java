package io.umbel.tools.issues.sync;

import java.util.UUID;

/**
 * A tracker whose sync one instance runs, for as long as it says so.
 *
 * @param id of the claim: who has another one has lost it
 * @param attempts that failed since a page was kept last
 * @param name of the tracker
 */
record Claim(String account, UUID tracker, UUID id, int attempts, String name) {

  /** Somebody else has it, or the tracker is gone. It has no stack. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Lost() {
      super("The claim is lost", null, false, false);
    }
  }
}
