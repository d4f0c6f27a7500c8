package io.umbel.tools.issues.tracker;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Fields;
import io.umbel.tools.issues.store.Issue;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.store.Relation;
import io.umbel.tools.issues.store.Status;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * A tracker that needs no other server: what is kept here is all there is of it, so there is
 * nothing to write elsewhere but the number that an issue gets.
 */
final class LocalTracker implements Tracker {

  static final String TYPE = "local";

  private static final String NEXT = """
      UPDATE projects SET next_number = next_number + 1 WHERE account = $1 AND id = $2
      RETURNING next_number - 1
      """;

  private final SqlClient client;

  LocalTracker(SqlClient client) {
    this.client = client;
  }

  @Override
  public Future<Placed> create(Project project, Fields wanted) {
    var taken = taken(wanted);
    return client
        .preparedQuery(NEXT)
        .execute(Tuple.of(project.account(), project.id()))
        .map(rows -> rows.iterator().next().getLong(0))
        .map(number -> placed(project, number, taken));
  }

  @Override
  public Future<Fields> update(Issue issue, Fields wanted) {
    return Future.succeededFuture(taken(wanted));
  }

  @Override
  public Future<PlacedComment> comment(Issue issue, Remark remark) {
    if (remark.line() != null) {
      throw new Refused(
          ErrorCode.NOT_SUPPORTED,
          "A local tracker has no comments on lines: leave out path and line",
          null);
    }
    var id = UUID.randomUUID().toString();
    return Future.succeededFuture(new PlacedComment(id, issue.url() + "#comment-" + id));
  }

  @Override
  public Future<Void> link(Issue issue, Issue related, Relation relation) {
    return Future.succeededFuture();
  }

  private static Placed placed(Project project, long number, Fields taken) {
    var key = project.identifier() + "-" + number;
    var url = "umbel://" + project.tracker() + "/" + key;
    return new Placed(Long.toString(number), key, url, taken);
  }

  private static Fields taken(Fields wanted) {
    return new Fields(
        wanted.title(),
        wanted.description(),
        status(wanted.status()),
        LocalWords.priority(wanted.priority()),
        wanted.labels(),
        wanted.assignee());
  }

  private static Status status(Status wanted) {
    return wanted.category() == null ? LocalWords.status(wanted.word()) : wanted;
  }
}
