package io.umbel.tools.issues.write;

import io.umbel.tools.issues.store.CommentRows;
import io.umbel.tools.issues.store.HistoryRows;
import io.umbel.tools.issues.store.IssueChanges;
import io.umbel.tools.issues.store.IssueRows;
import io.umbel.tools.issues.store.LabelRows;
import io.umbel.tools.issues.store.LinkRows;
import io.umbel.tools.issues.store.Repeats;
import io.umbel.tools.issues.tracker.Tracker;
import io.umbel.tools.issues.tracker.Trackers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.util.function.Supplier;

/** All that is kept here of issues, within one transaction or within none. */
final class Books {

  private final SqlClient client;

  Books(SqlClient client) {
    this.client = client;
  }

  IssueRows issues() {
    return new IssueRows(client);
  }

  IssueChanges changes() {
    return new IssueChanges(client);
  }

  CommentRows comments() {
    return new CommentRows(client);
  }

  HistoryRows history() {
    return new HistoryRows(client);
  }

  LabelRows labels() {
    return new LabelRows(client);
  }

  LinkRows links() {
    return new LinkRows(client);
  }

  Repeats repeats() {
    return new Repeats(client);
  }

  /** A tracker that is kept here too. */
  Tracker local() {
    return Trackers.local(client);
  }

  /**
   * What that write answers, or what it answered before under the same mark.
   *
   * @param mark null where its caller gave it no key
   */
  Future<Answer> once(Repeats.Mark mark, Supplier<Future<Answer>> write) {
    if (mark == null) {
      return write.get();
    }
    var repeats = repeats();
    return repeats
        .begin(mark)
        .compose(first -> first.isPresent()
            ? Future.succeededFuture(Answer.of(first.get()))
            : write.get().compose(done -> repeats.end(mark, done.json()).map(done)));
  }

  /**
   * What a write answers.
   *
   * @param news what others are told once it is committed
   */
  record Answer(JsonObject json, Runnable news) {
    static Answer of(JsonObject json) {
      return new Answer(json, () -> {});
    }
  }
}
