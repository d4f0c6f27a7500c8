package io.umbel.tools.issues.sync;

import java.time.Duration;

final class SyncMetrics {
  void ended(String state, Duration took) {}
}
