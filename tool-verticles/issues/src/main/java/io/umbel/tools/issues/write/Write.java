package io.umbel.tools.issues.write;

import io.umbel.tools.issues.tracker.Tracker;
import io.umbel.tools.issues.write.Books.Answer;
import io.vertx.core.Future;

/**
 * What is written to a tracker, and then kept. With a local tracker both are in one transaction;
 * with another one {@link #ask} is in none.
 *
 * @param <T> what the tracker took
 */
interface Write<T> {

  /** Has the tracker take it. A refusal leaves nothing behind. */
  Future<T> ask(Books books, Tracker tracker);

  /** Keeps what it took, in a transaction; what the caller is answered. */
  Future<Answer> keep(Books books, T taken);
}
