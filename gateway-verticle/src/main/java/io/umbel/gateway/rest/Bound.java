package io.umbel.gateway.rest;

import io.umbel.gateway.rest.Problem.Wrong;
import io.umbel.gateway.store.Rows;
import io.umbel.gateway.store.Table;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks that what is bound to an agent or a project names those of the same account. */
final class Bound {

  private Bound() {}

  /** All that is wrong with the ids among these values; what is absent is fine. */
  static Future<List<Wrong>> wrongs(Rows rows, JsonObject values) {
    return wrong(rows, Table.AGENTS, "agent_id", values)
        .compose(agent -> wrong(rows, Table.PROJECTS, "project_id", values).map(project -> {
          var all = new ArrayList<Wrong>();
          agent.ifPresent(all::add);
          project.ifPresent(all::add);
          return all;
        }));
  }

  private static Future<Optional<Wrong>> wrong(
      Rows rows, Table table, String member, JsonObject values) {
    var id = values.getString(member);
    return id == null
        ? Future.succeededFuture(Optional.empty())
        : rows.find(table, id)
            .map(found -> found.isPresent()
                ? Optional.empty()
                : Optional.of(Wrong.in("/" + member, "names nothing that this account has")));
  }
}
