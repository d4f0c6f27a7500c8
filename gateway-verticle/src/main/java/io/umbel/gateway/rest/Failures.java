package io.umbel.gateway.rest;

import io.umbel.gateway.store.DatabaseAway;
import io.umbel.gateway.wire.McpException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What failures of any kind are for the client. */
final class Failures {

  /** What PostgreSQL calls a value that it cannot keep. */
  private static final String UNSTORABLE = "22";

  private static final String OUT_OF_BOUNDS = "23514";

  /** Connections, a stand-by, a lost race, resources, locks, shut-down or too long a statement. */
  private static final String AWAY = "(08|25|40|53|55|57).*";

  private Failures() {}

  static Problem problem(Throwable why) {
    if (why instanceof Problem problem) {
      return problem;
    }
    if (why instanceof McpException refused) {
      return Problem.of(refused);
    }
    if (why instanceof PgException database) {
      return problem(String.valueOf(database.getSqlState()));
    }
    return isAway(why) ? Problem.databaseAway() : Problem.internal();
  }

  private static Problem problem(String state) {
    if (state.startsWith(UNSTORABLE) || state.equals(OUT_OF_BOUNDS)) {
      return Problem.unstorable();
    }
    return state.matches(AWAY) ? Problem.databaseAway() : Problem.internal();
  }

  /** Pools and connections say in several ways that there is nobody. */
  private static boolean isAway(Throwable why) {
    return why instanceof DatabaseAway
        || why instanceof IOException
        || why instanceof VertxException
        || why instanceof TimeoutException;
  }
}
