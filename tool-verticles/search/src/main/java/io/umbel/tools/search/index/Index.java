package io.umbel.tools.search.index;

import io.umbel.storage.Database;
import io.umbel.storage.RowSecurity;
import io.umbel.tools.search.vectors.Filling;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index up to date: an account is read when something of it is said to have changed, and
 * once a minute whatever is said. Of several instances one reads an account at a time.
 *
 * <p>Belongs to one verticle and is used on its thread only.
 */
public final class Index {

  private static final Logger LOG = LoggerFactory.getLogger(Index.class);
  private static final long TICK_MILLIS = 5_000;
  private static final int UNREAD_SECONDS = 60;
  private static final int ACCOUNTS_A_TICK = 20;

  private final Vertx vertx;
  private final Accounts accounts;
  private final Reader reader;
  private final Filling filling;
  private final Map<String, Wake> awake = new HashMap<>();
  private boolean isClosed;

  /**
   * An index in that schema.
   *
   * @param filling gives texts their vectors; null where there is no model
   */
  public Index(Vertx vertx, Database database, RowSecurity rows, Source source, Filling filling) {
    this.vertx = vertx;
    this.accounts = new Accounts(database.pool(), java.util.UUID.randomUUID().toString());
    this.reader = new Reader(rows, accounts, source);
    this.filling = filling;
  }

  /** Begins to look for accounts that nobody reads. */
  public void open() {
    accounts.notReadFor(0, 1_000).onSuccess(all -> all.forEach(this::wake)).onFailure(this::say);
    vertx.setPeriodic(
        TICK_MILLIS,
        tick -> accounts
            .notReadFor(UNREAD_SECONDS, ACCOUNTS_A_TICK)
            .onSuccess(all -> all.forEach(this::wake))
            .onFailure(this::say));
  }

  /** Others may read on at once. */
  public Future<?> close() {
    isClosed = true;
    return accounts.letAllGo().otherwiseEmpty();
  }

  /** Knows that account from now on. */
  public Future<Void> meet(String account) {
    return accounts
        .meet(account)
        .onSuccess(isNew -> {
          if (isNew) {
            wake(account);
          }
        })
        .mapEmpty();
  }

  /** An issue of that account changed. */
  public void changed(String account) {
    if (!isClosed) {
      of(account).changed();
    }
  }

  /** More than an issue of that account may have changed. */
  public void wake(String account) {
    if (!isClosed) {
      of(account).everything();
    }
  }

  /** Reads everything of that account again; what is there is found meanwhile. */
  public Future<Void> rebuild(String account) {
    return accounts.beginAgain(account).onSuccess(done -> wake(account));
  }

  private Wake of(String account) {
    return awake.computeIfAbsent(
        account,
        name ->
            new Wake(vertx, withProjects -> read(name, withProjects), () -> awake.remove(name)));
  }

  private Future<Wake.Next> read(String account, boolean withProjects) {
    if (isClosed) {
      return Future.succeededFuture(Wake.Next.NOTHING);
    }
    return accounts
        .meet(account)
        .compose(known -> accounts.claim(account))
        .compose(claimed -> claimed.isEmpty()
            ? Future.succeededFuture(Wake.Next.BUSY)
            : readOn(account, withProjects, claimed.get())
                .eventually(() -> accounts.letGo(account)))
        .recover(why -> {
          say(why);
          return Future.succeededFuture(Wake.Next.FAILED);
        });
  }

  private Future<Wake.Next> readOn(
      String account, boolean withProjects, Accounts.Position position) {
    var projects = withProjects ? reader.projects(account) : Future.<Void>succeededFuture();
    return projects.compose(done -> reader.changes(account, position)).map(done -> {
      if (filling != null) {
        filling.begin(account);
      }
      return Wake.Next.NOTHING;
    });
  }

  private void say(Throwable why) {
    LOG.debug("The index is behind: {}", why.getMessage());
  }
}
