package io.umbel.gateway.store;

/** What is needed to answer cannot be read at the moment. An answer, so it has no stack. */
public final class DatabaseAway extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseAway(String why) {
    super(why, null, false, false);
  }
}
