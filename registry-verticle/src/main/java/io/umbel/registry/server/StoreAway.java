package io.umbel.registry.server;

/** What is needed to answer cannot be read at the moment. An answer, so it has no stack. */
public final class StoreAway extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreAway() {
    super("The database does not answer", null, false, false);
  }
}
