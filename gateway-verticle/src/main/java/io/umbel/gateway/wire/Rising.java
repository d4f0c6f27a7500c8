package io.umbel.gateway.wire;

/** A value that only ever grows: the progress of one request, over all its rounds. */
public final class Rising {

  private double highest = Double.NEGATIVE_INFINITY;

  /** Whether that value is higher than all before it. */
  public boolean to(double value) {
    var rises = value > highest;
    highest = rises ? value : highest;
    return rises;
  }
}
