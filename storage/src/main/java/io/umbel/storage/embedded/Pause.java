package io.umbel.storage.embedded;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Waiting for what no event tells of: a file of another process, a lock. */
final class Pause {

  private Pause() {}

  static void millis(long millis) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
