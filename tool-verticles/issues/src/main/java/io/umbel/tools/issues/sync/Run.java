package io.umbel.tools.issues.sync;

import io.umbel.contract.ErrorCode;
import io.umbel.tools.issues.store.Project;
import io.umbel.tools.issues.store.Refused;
import io.umbel.tools.issues.sync.SyncRows.Counts;
import io.umbel.tools.issues.tracker.Remote;
import io.umbel.tools.issues.tracker.Remote.Page;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One way through the projects of a tracker. Each page is kept together with the place where it
 * stopped, if the claim is still held; so whoever comes next goes on there, and nothing is kept
 * twice.
 */
final class Run {

  /** After so many failures where a tracker was to go on, it begins anew. */
  private static final int PATIENCE = 3;

  private static final Set<ErrorCode> OF_THE_SERVER =
      Set.of(ErrorCode.UPSTREAM_ERROR, ErrorCode.UPSTREAM_TIMEOUT);

  private final Desk desk;
  private final Claim claim;
  private final BooleanSupplier isOver;
  private final List<Failure> failing = new ArrayList<>();
  private int finished;

  /** What a run works with. */
  record Desk(Pool pool, Keeper keeper, SyncRows syncs, PlaceRows places) {}

  /**
   * The run that was claimed.
   *
   * @param isOver whether it is to stop after the page that it is at
   */
  Run(Desk desk, Claim claim, BooleanSupplier isOver) {
    this.desk = desk;
    this.claim = claim;
    this.isOver = isOver;
  }

  /** It was told to stop. It has no stack. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("Stopped", null, false, false);
    }
  }

  /**
   * What it came to.
   *
   * @param failing projects that could not be read
   * @param finished how many could
   */
  record Result(List<Failure> failing, int finished) {}

  /** Goes through all projects; fails where it cannot go on. */
  Future<Result> go(Remote remote) {
    return desk.places()
        .toDo(claim)
        .compose(projects -> eachOf(projects.iterator(), remote))
        .map(done -> new Result(failing, finished));
  }

  private Future<Void> eachOf(Iterator<Project> left, Remote remote) {
    if (!left.hasNext()) {
      return Future.succeededFuture();
    }
    var project = left.next();
    return through(project, remote)
        .onSuccess(done -> finished++)
        .recover(why -> excused(project, remote, why))
        .compose(done -> eachOf(left, remote));
  }

  /** One project that cannot be read does not keep the others from it, if the tracker is there. */
  private Future<Void> excused(Project project, Remote remote, Throwable why) {
    if (!(why instanceof Refused refused) || refused.code() == ErrorCode.RATE_LIMITED) {
      return Future.failedFuture(why);
    }
    var isThere = OF_THE_SERVER.contains(refused.code())
        ? remote.test().map(verdict -> verdict.isValid()).otherwise(false)
        : Future.succeededFuture(true);
    return isThere.compose(there -> {
      failing.add(new Failure(project.identifier(), refused.getMessage()));
      return there ? failed(project, refused) : Future.failedFuture(why);
    });
  }

  private Future<Void> failed(Project project, Refused refused) {
    var failure = new Failure(project.identifier(), refused.getMessage());
    return desk.syncs().count(desk.pool(), claim, new Counts(0, 0, List.of(failure)));
  }

  private Future<Void> through(Project project, Remote remote) {
    return labels(project, remote)
        .compose(known -> desk.places().enter(project))
        .compose(place -> claim.attempts() >= PATIENCE && place.next() != null
            ? desk.places().beginAgain(project).compose(again -> desk.places().enter(project))
            : Future.succeededFuture(place))
        .compose(place -> {
          var read = Promise.<Void>promise();
          read(place, remote, read);
          return read.future().map(place);
        })
        .compose(place -> place.isSweep() ? removed(place, remote) : Future.succeededFuture())
        .compose(removed -> desk.pool()
            .withTransaction(transaction -> desk.syncs()
                .extend(transaction, claim)
                .compose(held -> desk.places().done(transaction, project))));
  }

  private Future<Void> labels(Project project, Remote remote) {
    return remote.labels(project).compose(all -> new LabelCopy(desk.pool()).keep(project, all));
  }

  /** Page after page; a loop, since there may be thousands. */
  private void read(Place place, Remote remote, Promise<Void> end) {
    if (place.isRead()) {
      end.complete();
    } else if (isOver.getAsBoolean()) {
      end.fail(new Stopped());
    } else {
      desk.keeper()
          .snapshot()
          .compose(snapshot -> remote
              .changed(place.project(), place.toAsk())
              .compose(page -> kept(place, snapshot, page).map(place.after(page.next()))))
          .onFailure(end::fail)
          .onSuccess(next -> read(next, remote, end));
    }
  }

  private Future<Void> kept(Place place, String snapshot, Page page) {
    return desk.keeper()
        .keep(
            place.project(),
            snapshot,
            page.issues(),
            (transaction, kept) -> desk.syncs()
                .extend(transaction, claim)
                .compose(held -> desk.syncs()
                    .count(
                        transaction,
                        claim,
                        new Counts(page.issues().size(), kept.news().size(), kept.failures())))
                .compose(counted -> desk.places().turned(transaction, place, page)))
        .mapEmpty();
  }

  /**
   * What a sweep has not met is asked for one by one: it goes only where the tracker says that
   * there is no such issue.
   */
  private Future<Void> removed(Place place, Remote remote) {
    var end = Promise.<Void>promise();
    remove(place, remote, end);
    return end.future();
  }

  private void remove(Place place, Remote remote, Promise<Void> end) {
    new GoneRows(desk.pool())
        .unseen(place)
        .compose(unseen -> each(unseen.iterator(), place, remote).map(unseen.isEmpty()))
        .onFailure(end::fail)
        .onSuccess(none -> {
          if (none) {
            end.complete();
          } else {
            remove(place, remote, end);
          }
        });
  }

  private Future<Void> each(Iterator<String> left, Place place, Remote remote) {
    if (!left.hasNext()) {
      return Future.succeededFuture();
    }
    if (isOver.getAsBoolean()) {
      return Future.failedFuture(new Stopped());
    }
    var id = left.next();
    return desk.keeper()
        .reread(
            remote,
            place.project(),
            id,
            transaction -> desk.syncs()
                .extend(transaction, claim)
                .compose(held -> desk.places().met(transaction, place.project(), List.of(id))))
        .compose(done -> each(left, place, remote));
  }
}
