package io.umbel.tools.issues.sync;

import java.time.Duration;

/**
 * When copies are made anew.
 *
 * @param interval from the end of one sync of a tracker to the next one; a tenth more or less
 * @param tick how often an instance looks for what is due
 * @param lease for how long a tracker is claimed; who runs it says three times as often that it is
 *     still there
 * @param sweep how often everything of a project is read, to find what is gone
 */
public record SyncSettings(Duration interval, Duration tick, Duration lease, Duration sweep) {

  /** What ships. */
  public static final SyncSettings USUAL = every(Duration.ofMinutes(5));

  /** With that interval. */
  public static SyncSettings every(Duration interval) {
    return new SyncSettings(
        interval, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofDays(1));
  }
}
