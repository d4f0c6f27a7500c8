package io.umbel.tools.search.index;

import io.umbel.storage.RowSecurity;
import io.umbel.tools.search.index.Accounts.Position;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Reads an account up to where it is now. Each page and how far it goes is written together, so
 * whoever dies in between has read all of it or nothing.
 */
final class Reader {

  private final RowSecurity rows;
  private final Accounts accounts;
  private final Source source;

  Reader(RowSecurity rows, Accounts accounts, Source source) {
    this.rows = rows;
    this.accounts = accounts;
    this.source = source;
  }

  /** Another instance took over: what was read here is of no use. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("Another instance reads this account", null, false, false);
    }
  }

  /** The projects as they are now. */
  Future<Void> projects(String account) {
    return projects(account, new JsonArray(), null)
        .compose(all -> rows.within(
            account,
            transaction -> accounts
                .isMine(transaction, account)
                .compose(
                    mine -> mine ? Future.succeededFuture() : Future.failedFuture(new Overtaken()))
                .compose(mine -> ProjectList.put(transaction, account, all))));
  }

  /** All that changed since that position. */
  Future<Void> changes(String account, Position from) {
    return source
        .ask(account, Source.CHANGES, from.place())
        .compose(page -> keep(account, from, page));
  }

  private Future<JsonArray> projects(String account, JsonArray before, String after) {
    return source.ask(account, Source.PROJECTS, after).compose(page -> {
      var all = before.addAll(page.getJsonArray("items"));
      return page.getBoolean("more", false)
          ? projects(account, all, all.getJsonObject(all.size() - 1).getString("id"))
          : Future.succeededFuture(all);
    });
  }

  private Future<Void> keep(String account, Position from, JsonObject page) {
    var isEnd = !page.getBoolean("more", false);
    var to = page.getString("after");
    return rows.within(
            account,
            transaction -> accounts
                .move(transaction, account, from, to, isEnd)
                .compose(
                    mine -> mine ? Future.succeededFuture() : Future.failedFuture(new Overtaken()))
                .compose(moved -> {
                  var entries = new Entries(transaction, account);
                  var put = entries.put(page.getJsonArray("items"), from.round());
                  return isEnd && !from.isSwept()
                      ? put.compose(done -> entries.sweep(from.round()))
                      : put;
                }))
        .compose(done -> isEnd
            ? Future.succeededFuture()
            : changes(account, new Position(to, from.round(), from.isSwept())));
  }
}
