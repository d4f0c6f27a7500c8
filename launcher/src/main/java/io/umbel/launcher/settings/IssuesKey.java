package io.umbel.launcher.settings;

import static io.umbel.launcher.settings.Kind.flag;
import static io.umbel.launcher.settings.Kind.form;
import static io.umbel.launcher.settings.Kind.list;
import static io.umbel.launcher.settings.Kind.whole;

/** The part of the table that is about issues. */
public final class IssuesKey {

  public static final Key DEMO = Key.key(
      "umbel.demo",
      flag(),
      "false",
      "Give the development account a tracker with issues to try things with.");
  public static final Key DUPLICATE_SIMILARITY = Key.key(
      "umbel.issues.duplicate.similarity",
      form("0(\\.[0-9]{1,3})?|1(\\.0{1,3})?", "a number from 0 to 1"),
      "0.75",
      "From which likeness on `create_issue` answers an open issue that says the same.");

  public static final Key DESTINATIONS = Key.key(
      "umbel.issues.allowed.destinations",
      list("[A-Za-z0-9.:*_-]+(/[0-9]{1,3})?", "hosts, addresses and ranges such as `10.1.0.0/16`"),
      "",
      "Where trackers may be although it is private or this machine itself.");

  public static final Key SYNC_INTERVAL = Key.key(
      "umbel.issues.sync.interval",
      whole(10, 86_400),
      "300",
      "Seconds from one sync of a tracker to the next, a tenth more or less.");

  private IssuesKey() {}

  /** Has this class initialized, and so its keys in the table. */
  static void register() {}
}
