package io.umbel.benchmarks.load;

/** The answers that were wrong or did not come: how many, and what was wrong with the first. */
public final class Faults {

  private long count;
  private String first;

  void add(String what) {
    first = count++ == 0 ? what : first;
  }

  public long count() {
    return count;
  }

  /** What was wrong with the first, or null where nothing was. */
  public String first() {
    return first;
  }
}
