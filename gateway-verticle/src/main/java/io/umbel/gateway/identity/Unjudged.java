package io.umbel.gateway.identity;

/** Whether a token is good cannot be known at the moment. An answer, so it has no stack. */
final class Unjudged extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unjudged(String why) {
    super(why, null, false, false);
  }
}
