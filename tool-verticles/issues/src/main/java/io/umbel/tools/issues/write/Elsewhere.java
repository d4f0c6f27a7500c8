package io.umbel.tools.issues.write;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Repeats;
import io.umbel.tools.issues.store.Repeats.Mark;
import io.umbel.tools.issues.tracker.Tracker;
import io.umbel.tools.issues.write.Books.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to trackers on other servers. The key is claimed and committed, then the tracker is asked,
 * then what it took is kept with the answer. While the tracker is asked no transaction is open.
 * Nothing is ever sent twice for the same key: where nobody knows whether it was done, that is the
 * answer.
 */
final class Elsewhere {

  private static final Logger LOG = LoggerFactory.getLogger(Elsewhere.class);
  private static final String MAY_BE_DONE = "may_have_been_done";
  private static final String IS_DONE = "tracker_updated";
  private static final long LOOK_AGAIN_MILLIS = 250;
  private static final int LOOKS = 20;

  private final Vertx vertx;
  private final Pool pool;

  Elsewhere(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.pool = pool;
  }

  /** Makes the write, or answers what the first one with that mark did. */
  <T> Future<Answer> write(Mark mark, Tracker tracker, Write<T> write) {
    return claimed(mark, LOOKS)
        .compose(first -> first.isPresent()
            ? Future.succeededFuture(Answer.of(first.get()))
            : asked(mark, tracker, write).compose(taken -> kept(mark, write, taken)));
  }

  private <T> Future<T> asked(Mark mark, Tracker tracker, Write<T> write) {
    return Future.succeededFuture()
        .compose(begun -> write.ask(new Books(pool), tracker))
        .recover(why -> {
          var isUnsure = mayBeDone(why);
          var repeats = new Repeats(pool);
          var noted = mark == null
              ? Future.<Void>succeededFuture()
              : isUnsure ? repeats.unsure(mark) : repeats.release(mark);
          return noted.transform(done -> Future.failedFuture(isUnsure ? unsure(why) : why));
        });
  }

  private <T> Future<Answer> kept(Mark mark, Write<T> write, T taken) {
    return pool.withTransaction(transaction -> {
          var books = new Books(transaction);
          return write
              .keep(books, taken)
              .compose(answer -> mark == null
                  ? Future.succeededFuture(answer)
                  : books.repeats().end(mark, answer.json()).map(answer));
        })
        .recover(why -> {
          LOG.warn("What a tracker took could not be kept: the next sync brings it", why);
          var noted =
              mark == null ? Future.<Void>succeededFuture() : new Repeats(pool).unsure(mark);
          return noted.transform(done -> Future.failedFuture(notKept()));
        });
  }

  /** The first answer, or nothing where this is the first; waits for one that is being made. */
  private Future<Optional<JsonObject>> claimed(Mark mark, int looks) {
    if (mark == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return pool.withTransaction(transaction -> new Repeats(transaction).claim(mark))
        .compose(claim -> switch (claim.state()) {
          case OURS -> Future.succeededFuture(Optional.empty());
          case DONE -> Future.succeededFuture(Optional.of(claim.answer()));
          case UNSURE -> Future.failedFuture(nobodyKnows());
          case BEGUN ->
            looks == 0
                ? Future.failedFuture(Repeats.inProgress())
                : vertx
                    .timer(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .compose(over -> claimed(mark, looks - 1));
        });
  }

  /**
   * A tracker that says no says so before it does anything, and the database is only asked before
   * the tracker is.
   */
  private static boolean mayBeDone(Throwable why) {
    if (why instanceof Refused refused) {
      var details = refused.details() == null ? new JsonObject() : refused.details();
      return details.getBoolean(MAY_BE_DONE, false) || details.getBoolean(IS_DONE, false);
    }
    return !(why instanceof PgException
        || why instanceof VertxException
        || why instanceof IOException);
  }

  private static Refused unsure(Throwable why) {
    var refused = why instanceof Refused said
        ? said
        : new Refused(
            ErrorCode.UPSTREAM_ERROR, "The tracker's answer could not be understood", null);
    if (!(why instanceof Refused)) {
      LOG.warn("The answer of a tracker could not be understood", why);
    }
    var details =
        refused.details() == null ? new JsonObject() : refused.details().copy();
    return new Refused(
        refused.code(),
        refused.getMessage() + ". It may have been done all the same: look before you do it again",
        details.put(MAY_BE_DONE, true));
  }

  private static Refused notKept() {
    return new Refused(
        ErrorCode.INTERNAL,
        "The tracker has it, but Umbel could not keep its copy: do not do it again, the next sync"
            + " brings it",
        JsonObject.of(IS_DONE, true));
  }

  private static Refused nobodyKnows() {
    return new Refused(
        ErrorCode.CONFLICT,
        "The first call with this idempotency_key was cut off, and nobody knows whether the tracker"
            + " did it: look, and take another key if it did not",
        JsonObject.of(MAY_BE_DONE, true));
  }
}
