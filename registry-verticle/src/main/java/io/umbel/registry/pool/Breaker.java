package io.umbel.registry.pool;

import io.umbel.registry.server.Policy.Limits;
import java.time.Clock;

/**
 * Leaves a server alone that has failed several times in a row. When it has been left alone for a
 * while, one call may try it: the others go on being refused until that one is over.
 */
final class Breaker {

  /** How a circuit stands; a server is worst off with the last. */
  enum State {
    CLOSED(0),
    HALF_OPEN(1),
    OPEN(2);

    private final int number;

    State(int number) {
      this.number = number;
    }

    /** As metrics tell it. */
    int number() {
      return number;
    }
  }

  private final Limits limits;
  private final Clock clock;
  private State state = State.CLOSED;
  private int failures;
  private long openUntil;
  private long turn;

  Breaker(Limits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** A call that may go; how it ends counts only as long as nothing else has decided before. */
  final class Pass {
    private final long given = turn;

    /** The server answered. */
    void succeeded() {
      if (given == turn) {
        close();
      }
    }

    /** The server failed. */
    void failed() {
      if (given == turn && (++failures >= limits.threshold() || state == State.HALF_OPEN)) {
        open();
      }
    }

    /** Nothing is known of the server; another call may try it. */
    void abandoned() {
      if (given == turn && state == State.HALF_OPEN) {
        state = State.OPEN;
        turn++;
      }
    }
  }

  /** A pass, or null where the circuit is open. */
  Pass enter() {
    if (state == State.HALF_OPEN || (state == State.OPEN && retryAfterMillis() > 0)) {
      return null;
    }
    if (state == State.OPEN) {
      state = State.HALF_OPEN;
      turn++;
    }
    return new Pass();
  }

  /** How long it is still left alone, at least; 1 while somebody tries it. */
  long retryAfterMillis() {
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> Math.max(0, openUntil - clock.millis());
    };
  }

  State state() {
    return state;
  }

  /** How often it has failed in a row. */
  int failures() {
    return failures;
  }

  /** Whatever was, the next call may go. */
  void reset() {
    turn++;
    close();
  }

  private void close() {
    state = State.CLOSED;
    failures = 0;
  }

  private void open() {
    state = State.OPEN;
    openUntil = clock.millis() + limits.cooldown().toMillis();
    turn++;
  }
}
