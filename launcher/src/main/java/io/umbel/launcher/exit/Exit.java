package io.umbel.launcher.exit;

/**
 * How the process ends. The start script adds two of its own: 6 where it finds no JDK, 7 where the
 * build fails.
 */
public enum Exit {
  /** It did what was asked. */
  OK(0),
  /** The tool said no, or a verticle could not be started. */
  FAILED(1),
  /** A flag, a setting, a role or a jar that cannot be used. */
  USAGE(2),
  /** No gateway answers there. */
  UNREACHABLE(3),
  /** Another process listens on the port. */
  PORT_TAKEN(4),
  /** The cluster cannot be joined, or its bus does not carry. */
  CLUSTER(5),
  /** There is no database, or not one that can be used. */
  DATABASE(8);

  private final int status;

  Exit(int status) {
    this.status = status;
  }

  /** What the shell sees. */
  public int status() {
    return status;
  }
}
