package io.umbel.gateway.rest;

import io.umbel.gateway.store.Rows;
import io.umbel.gateway.store.Table;
import io.vertx.core.Future;

/** Keeps what grants and keys refer to from being removed under them. */
final class InUse {

  private InUse() {}

  /** Fails with {@link Problem} where a grant or a key has that in that column. */
  static Future<Void> check(Rows rows, String column, String id, String sentence) {
    return rows.count(Table.GRANTS, column, id)
        .compose(grants -> rows.count(Table.API_KEYS, column, id).map(keys -> {
          if (grants + keys > 0) {
            throw Problem.conflict("%s by %d grants and %d API keys: remove those first"
                .formatted(sentence, grants, keys));
          }
          return null;
        }));
  }
}
